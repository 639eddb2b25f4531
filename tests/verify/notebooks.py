"""Whether the notebooks show what their cells give, in both languages.

The code of both is the same, so it runs once, as a reader's download would:
in a kernel of its own, in an empty folder, without the project's modules.
"""

from __future__ import annotations

import base64
import copy
import functools
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import page
from page import Fault, shown
from verify.numbers import ties
from verify.outputs import same_output
from verify.project import ROOT, counterpart

METADATA = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
# What the page's front matter would say: see docs/hooks/notebook.py.
OWN = ("title", "description", "source_blob", "text_blob")
# Between two builds of the same fonts, edges of letters differ a little.
LEVELS, SHARE = 16, 0.005


def notebooks(language: str, root: Path = ROOT) -> list[Path]:
    """Return the notebooks of a language."""
    return sorted((root / "docs" / language).glob("*.ipynb"))


def faults(path: Path) -> Iterator[Fault]:
    """Yield what is wrong with a notebook."""
    yield from untidy(path)
    yield from loose_numbers(path)
    different = list(differences(path))
    yield from different
    if not different:
        yield from stale(path)


def untidy(path: Path) -> Iterator[Fault]:
    """Yield a fault where a notebook holds what changes with each run."""
    text = path.read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    if text != _written(_tidied(notebook)):
        yield Fault(
            path,
            1,
            "holds execution counts, metadata or a layout that change with "
            "each editor",
            f"Run: make update PAGE={path.stem}",
        )


def loose_numbers(path: Path) -> Iterator[Fault]:
    """Yield the text cells with decimals: nothing there ties them to code."""
    reader = page.reader(page.root(path))
    for number, cell in enumerate(_cells(path)):
        if cell.cell_type == "markdown":
            tied, untied = ties(reader.read(path, cell.source))
            for each in [*tied, *untied][:1]:
                line = cell.source.split("\n")[each.line - 1].strip()
                yield _cell_fault(
                    path,
                    number,
                    f"holds a number that nothing checks: {line!r}",
                    "Print it in a cell, or write it in words.",
                )


def differences(path: Path) -> Iterator[Fault]:
    """Yield the first cell that is not the same in the other language."""
    other = counterpart(path)
    here, there = _cells(path), _cells(other)
    for number, (cell, its) in enumerate(zip(here, there, strict=False)):
        same = cell.cell_type == its.cell_type and (
            cell.cell_type != "code" or cell.source == its.source
        )
        if not same:
            yield _cell_fault(
                path,
                number,
                f"is not that of {shown(other)}: {cell.source[:60]!r}, and "
                f"there {its.source[:60]!r}",
                "Give both notebooks the same cells and the same code.",
            )
            return
    if len(here) != len(there):
        yield Fault(
            path,
            1,
            f"has {len(here)} cells, and {shown(other)} has {len(there)}",
            "Give both notebooks the same cells.",
        )


def stale(path: Path) -> Iterator[Fault]:
    """Yield the cells whose outputs are not what their code gives."""
    cells = _cells(path)
    for number, outputs in _executed(_code(cells)).items():
        error = _unexpected(outputs)
        if error:
            yield _cell_fault(path, number, error, "Mend the cell.")
            return
        if not same_outputs(cells[number].outputs, outputs):
            yield _cell_fault(
                path,
                number,
                "shows other outputs than its code gives: it shows "
                f"{_brief(cells[number].outputs)}, and the code gives "
                f"{_brief(outputs)}",
                f"If the code is right: make update PAGE={path.stem}",
            )


def updated(path: Path) -> tuple[str, list[str]]:
    """Return a notebook's text with right outputs, and what changed.

    Raises Fault where a cell raises.
    """
    notebook = nbformat.read(path, as_version=4)
    changed = []
    for number, outputs in _executed(_code(notebook.cells)).items():
        error = _unexpected(outputs)
        if error:
            raise _cell_fault(path, number, error, "Mend the cell.")
        cell = notebook.cells[number]
        if not same_outputs(cell.outputs, outputs):
            before, after = _brief(cell.outputs), _brief(outputs)
            changed.append(f"cell {number + 1}: {before} → {after}")
            cell.outputs = copy.deepcopy(outputs)
    return _written(_tidied(notebook)), changed


def same_outputs(
    shown_ones: list[NotebookNode], given: list[NotebookNode]
) -> bool:
    """Compare outputs: texts as on pages, pictures by their pixels."""
    ours, theirs = _parts(shown_ones), _parts(given)
    return [kind for kind, _ in ours] == [kind for kind, _ in theirs] and all(
        same_picture(a, b) if kind == "image/png" else same_output(a, b)
        for (kind, a), (_, b) in zip(ours, theirs, strict=True)
    )


def same_picture(first: str, second: str) -> bool:
    """Compare two PNG pictures in base64."""
    if first.strip() == second.strip():
        return True
    from PIL import Image, ImageChops

    pictures = [
        Image.open(io.BytesIO(base64.b64decode(each))).convert("RGBA")
        for each in (first, second)
    ]
    if pictures[0].size != pictures[1].size:
        return False
    difference = ImageChops.difference(*pictures)
    pixels = list(zip(*[iter(difference.tobytes())] * 4, strict=True))
    far = sum(max(pixel) > LEVELS for pixel in pixels)
    return far <= SHARE * len(pixels)


def _cells(path: Path) -> list[NotebookNode]:
    return nbformat.read(path, as_version=4).cells


def _code(cells: list[NotebookNode]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (number, cell.source)
        for number, cell in enumerate(cells)
        if cell.cell_type == "code"
    )


@functools.cache
def _executed(
    code: tuple[tuple[int, str], ...],
) -> dict[int, list[NotebookNode]]:
    """Run cells in a new kernel and return their outputs by number."""
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for _, source in code],
        metadata=METADATA,
    )
    alone = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=120,
            allow_errors=True,
            resources={"metadata": {"path": folder}},
        )
        client.execute(env=alone)
    return {
        number: cell.outputs
        for (number, _), cell in zip(code, notebook.cells, strict=True)
    }


def _unexpected(outputs: list[NotebookNode]) -> str:
    for output in outputs:
        if output.output_type == "error":
            return f"raises {output.ename}: {output.evalue}"
        if output.get("name") == "stderr":
            return f"writes to stderr: {output.text.strip()!r}"
    return ""


def _parts(outputs: list[NotebookNode]) -> list[tuple[str, str]]:
    """Return the texts and pictures of a cell in order.

    A kernel may send what is printed in several pieces.
    """
    parts: list[tuple[str, str]] = []
    for output in outputs:
        if output.output_type == "stream":
            if parts and parts[-1][0] == output.name:
                parts[-1] = (output.name, parts[-1][1] + output.text)
            else:
                parts.append((output.name, output.text))
        else:
            parts += sorted(output.get("data", {}).items())
    return parts


def _tidied(notebook: NotebookNode) -> NotebookNode:
    notebook = copy.deepcopy(notebook)
    own = {k: v for k, v in notebook.metadata.items() if k in OWN}
    notebook.metadata = nbformat.from_dict({**METADATA, **own})
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = None
                if "metadata" in output:
                    output.metadata = nbformat.from_dict({})
    return notebook


def _written(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def _brief(outputs: list[NotebookNode]) -> str:
    texts = [
        "a picture" if kind.startswith("image/") else " ".join(text.split())
        for kind, text in _parts(outputs)
        if not text.startswith("<Figure")
    ]
    return repr("; ".join(texts)[:80]) if texts else "nothing"


def _cell_fault(path: Path, number: int, what: str, mend: str) -> Fault:
    """Return a fault of a cell, at its line of the file."""
    lines = path.read_text("utf-8").splitlines()
    starts = [n for n, line in enumerate(lines, 1) if '"cell_type"' in line]
    return Fault(path, starts[number], f"cell {number + 1} {what}", mend)
