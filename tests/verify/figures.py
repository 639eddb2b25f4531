"""Makes the figures of the pages, all in one style, the same bytes each time.

`snippets/<stem>/figure.py` holds one function per figure; its name is that of
the file: `trajectory()` gives docs/assets/figures/<stem>/trajectory.svg.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable
from pathlib import Path

from page import Fault
from verify import compare
from verify.project import ROOT
from verify.writing import text_of

FIGURES = Path("docs/assets/figures")
STYLE = Path(__file__).with_suffix(".mplstyle")
FUNCTION = re.compile(r"^def ([a-z]\w*)\(", re.MULTILINE)
COORDINATES = re.compile(r' [dxy]="[^"]*"')
DECIMAL = re.compile(r"-?\d+\.\d+")
UNSAID = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def files(root: Path = ROOT) -> list[tuple[str, str]]:
    """Return the chapter and the name of each figure, drawn or to be drawn."""
    found = {
        (path.parent.name, path.stem)
        for path in (root / FIGURES).glob("*/*.*")
    }
    for source in root.glob("snippets/*/figure.py"):
        for name in FUNCTION.findall(source.read_text("utf-8")):
            found.add((source.parent.name, name))
    return sorted(found)


def stale(stem: str, name: str, root: Path = ROOT) -> list[compare.Edit]:
    """Return the edit that makes a figure what its function draws, if any.

    Raises Fault where there is no such function.
    """
    file, source = path(stem, name, root), f"snippets/{stem}/figure.py"
    function = None
    if (root / source).is_file():
        function = vars(importlib.import_module(f"{stem}.figure")).get(name)
    if not function:
        what = f"no function {name}() in {source} makes this figure"
        raise Fault(file, 1, what, "Write it, or delete the file.")
    old, new = text_of(file), svg(function)
    if old == new:
        return []
    what = f"is not what {name}() in {source} draws now"
    fault = compare.stale(file, 1, what, stem)
    return [compare.Edit(0, len(old), new, fault)]


def path(stem: str, name: str, root: Path = ROOT) -> Path:
    """Return where a figure lies."""
    return root / FIGURES / stem / f"{name}.svg"


def svg(function: Callable) -> str:
    """Draw a figure and return it as SVG, always in the same bytes."""
    import matplotlib
    from matplotlib import pyplot

    matplotlib.use("agg")
    with pyplot.style.context(STYLE, after_reset=True):
        figure = function()
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata=UNSAID)
        pyplot.close(figure)
    return _rounded(buffer.getvalue().decode())


def _rounded(text: str) -> str:
    """Round coordinates to what an eye can see.

    A processor that adds in another order would change the last digits.
    """

    def shorter(match: re.Match) -> str:
        return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")

    return COORDINATES.sub(lambda each: DECIMAL.sub(shorter, each[0]), text)
