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
import numpy as np
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
    yield from loose_numbers(path)
    if fault := difference(path):
        yield fault
        return
    try:
        text, changes = updated(path)
    except Fault as fault:
        yield fault
        return
    for number, change in changes.items():
        yield _fault(
            path, number, f"does not show what its code gives: {change}"
        )
    if not changes and path.read_text("utf-8") != text:
        what = "has counts, metadata or a layout that each editor changes"
        yield Fault(path, 1, what, f"Run: make update PAGE={path.stem}")


def loose_numbers(path: Path) -> Iterator[Fault]:
    """Yield the text cells with decimals: nothing there ties them to code."""
    reader = page.reader(page.root(path))
    cells = _cells(path)
    code = "\n".join(
        f"```python\n{cell.source}\n```"
        for cell in cells
        if cell.cell_type == "code"
    )
    for number, cell in enumerate(cells, 1):
        if cell.cell_type == "markdown":
            tied, untied = ties(reader.read(path, f"{cell.source}\n\n{code}"))
            for each in [*tied, *untied][:1]:
                line = cell.source.split("\n")[each.line - 1].strip()
                what = f"holds a number that nothing checks: {line!r}"
                mend = "Print it in a cell, or write it in words."
                yield _fault(path, number, what, mend)


def difference(path: Path) -> Fault | None:
    """Return the first cell that the other language does not have so."""
    here, there = (
        [
            ("code", cell.source) if cell.cell_type == "code" else ("text", "")
            for cell in _cells(each)
        ]
        for each in (path, counterpart(path))
    )
    if here == there:
        return None
    same = [a == b for a, b in zip(here, there, strict=False)]
    number = [*same, False].index(False) + 1
    what = f"is not that of {shown(counterpart(path))}"
    mend = "Give both notebooks the same cells and the same code."
    return _fault(path, min(number, len(here)), what, mend)


def updated(path: Path) -> tuple[str, dict[int, str]]:
    """Return a notebook's text as it should be, and what changed by cell.

    Raises Fault where a cell fails.
    """
    notebook, changes = nbformat.read(path, as_version=4), {}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    given = iter(_executed(tuple(cell.source for cell in code)))
    for number, cell in enumerate(notebook.cells, 1):
        # What is seen in its picture, for those who cannot see it.
        words = {k: v for k, v in cell.metadata.items() if k == "alt"}
        cell.metadata = nbformat.from_dict(words)
        if cell.cell_type != "code":
            continue
        outputs = copy.deepcopy(next(given))
        if error := _unexpected(outputs):
            raise _fault(path, number, error, "Mend the cell.")
        if not same_outputs(cell.outputs, outputs):
            changes[number] = f"{_brief(cell.outputs)} → {_brief(outputs)}"
            cell.outputs = outputs
        cell.execution_count = None
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = None
            if "metadata" in output:
                output.metadata = NotebookNode()
    own = {k: v for k, v in notebook.metadata.items() if k in OWN}
    notebook.metadata = nbformat.from_dict({**METADATA, **own})
    return nbformat.writes(notebook).rstrip("\n") + "\n", changes


def same_outputs(
    shown_ones: list[NotebookNode], given: list[NotebookNode]
) -> bool:
    """Compare outputs: texts as on pages, pictures by their pixels."""
    ours, theirs = list(_parts(shown_ones)), list(_parts(given))
    return [kind for kind, _ in ours] == [kind for kind, _ in theirs] and all(
        same_picture(a, b) if kind == "image/png" else same_output(a, b)
        for (kind, a), (_, b) in zip(ours, theirs, strict=True)
    )


def same_picture(*both: str) -> bool:
    """Compare two PNG pictures in base64."""
    from PIL import Image

    first, second = (
        np.array(
            Image.open(io.BytesIO(base64.b64decode(each))).convert("RGBA")
        )
        for each in both
    )
    if first.shape != second.shape:
        return False
    far = abs(first.astype(int) - second).max(axis=-1) > LEVELS
    return far.mean() <= SHARE


def _cells(path: Path) -> list[NotebookNode]:
    return nbformat.read(path, as_version=4).cells


@functools.cache
def _executed(code: tuple[str, ...]) -> list[list[NotebookNode]]:
    """Run cells in a new kernel and return the outputs of each."""
    from nbclient import NotebookClient

    cells = [nbformat.v4.new_code_cell(source) for source in code]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    alone = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=120,
            allow_errors=True,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
        )
        client.execute(env=alone)
    return [cell.outputs for cell in notebook.cells]


def _unexpected(outputs: list[NotebookNode]) -> str:
    for output in outputs:
        if output.output_type == "error":
            return f"raises {output.ename}: {output.evalue}"
        if output.get("name") == "stderr":
            return f"writes to stderr: {output.text.strip()!r}"
    return ""


def _parts(outputs: list[NotebookNode]) -> Iterator[tuple[str, str]]:
    """Yield the texts and pictures of a cell in order."""
    for output in outputs:
        if output.output_type == "stream":
            yield output.name, output.text
        yield from sorted(output.get("data", {}).items())


def _brief(outputs: list[NotebookNode]) -> str:
    texts = [
        "a picture" if kind.startswith("image/") else " ".join(text.split())
        for kind, text in _parts(outputs)
        if not text.startswith("<Figure")
    ]
    return repr("; ".join(texts)[:80]) if texts else "nothing"


def _fault(path: Path, number: int, what: str, mend: str = "") -> Fault:
    """Return a fault of a cell, at its line of the file."""
    lines = path.read_text("utf-8").splitlines()
    starts = [n for n, line in enumerate(lines, 1) if '"cell_type"' in line]
    mend = mend or f"If the code is right: make update PAGE={path.stem}"
    return Fault(path, starts[number - 1], f"cell {number} {what}", mend)
