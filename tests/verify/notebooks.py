"""Whether the notebooks show what their cells give.

The code runs as a reader's download would: in a kernel of its own, in an empty
folder, without the project's modules. Both languages have the same cells, as
verify.translations sees to, so it runs once for both.
"""

from __future__ import annotations

import base64
import copy
import functools
import io
import os
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode

import page
from page import Fault
from verify import compare
from verify.compare import same_output
from verify.numbers import ties
from verify.writing import text_of

# Between two builds of the same fonts, edges of letters differ a little: the
# root of the mean square, where black is 0 and white is 1.
DIFFERENCE = 0.034


def faults(path: Path) -> Iterator[Fault]:
    """Yield what is wrong with a notebook; raise Fault where a cell fails."""
    read = page.read(path)
    for each in chain(*ties(read)):
        line = page.line_of(read.source.split("\n")[each.line - 1], path)
        mend = "Print it in a cell, or write it in words."
        yield Fault(path, line, "this number is one that nothing checks", mend)
    yield from (edit.fault for edit in stale(path))


def stale(path: Path) -> list[compare.Edit]:
    """Return the edit that makes a notebook show what its cells give, if any.

    Raises Fault where a cell fails.
    """
    notebook, changed = nbformat.read(path, as_version=4), []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    given = _executed(tuple(cell.source for cell in code))
    for cell, outputs in zip(code, copy.deepcopy(given), strict=True):
        for kind, text in _parts(outputs):
            if kind in ("error", "stderr"):
                what = f"gives an {kind}: {text.strip()}"
                raise _fault(path, cell, what, "Mend the cell.")
        if not _same(cell.outputs, outputs):
            changed.append(cell.id)
            cell.outputs = outputs
    if not changed:
        return []
    what = f"does not show what its code gives: {', '.join(changed)}"
    new = nbformat.writes(notebook).rstrip("\n") + "\n"
    line = page.line_of(f'"id": "{changed[0]}"', path)
    fault = compare.stale(path, line, what)
    return [compare.Edit(0, len(text_of(path)), new, fault)]


@functools.cache
def _executed(code: tuple[str, ...]) -> list[list[NotebookNode]]:
    """Run cells in a new kernel and return the outputs of each."""
    from nbclient import NotebookClient

    cells = [nbformat.v4.new_code_cell(source) for source in code]
    notebook = nbformat.v4.new_notebook(cells=cells)
    alone = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            allow_errors=True,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
        )
        client.execute(env=alone)
    return [cell.outputs for cell in notebook.cells]


def _same(ours: list[NotebookNode], given: list[NotebookNode]) -> bool:
    """Compare outputs: texts as on pages, pictures by their pixels."""
    shown, made = _parts(ours), _parts(given)
    return [kind for kind, _ in shown] == [kind for kind, _ in made] and all(
        same_picture(a, b) if kind == "image/png" else same_output(a, b)
        for (kind, a), (_, b) in zip(shown, made, strict=True)
    )


def same_picture(*both: str) -> bool:
    """Compare two PNG pictures in base64."""
    from matplotlib.image import imread

    a, b = (imread(io.BytesIO(base64.b64decode(each))) for each in both)
    return a.shape == b.shape and np.mean((a - b) ** 2) <= DIFFERENCE**2


def _parts(outputs: list[NotebookNode]) -> list[tuple[str, str]]:
    """Return the kinds and texts of outputs, in order."""
    found = []
    for output in outputs:
        if output.output_type == "error":
            found.append(("error", f"{output.ename}: {output.evalue}"))
        if output.output_type == "stream":
            found.append((output.name, output.text))
        found += sorted(output.get("data", {}).items())
    return found


def _fault(path: Path, cell: NotebookNode, what: str, mend: str) -> Fault:
    """Return a fault of a cell, at its line of the file."""
    line = page.line_of(f'"id": "{cell.id}"', path)
    return Fault(path, line, f"the cell {cell.id} {what}", mend)
