"""Makes the figures of the pages, all in one style, the same bytes each time.

`snippets/<stem>/figure.py` holds one function per figure; its name is that of
the file: `trajectory()` gives docs/assets/figures/<stem>/trajectory.svg.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from verify.project import ROOT

FIGURES = Path("docs/assets/figures")
# Readable on white and on the dark scheme's #1e2129.
COLOURS = ("#4c78d8", "#e8862e", "#3fa45b", "#d9534f")
GREY = "#808894"
COORDINATES = re.compile(r'(?<= )(?P<name>d|x|y)="(?P<numbers>[^"]*)"')
DECIMAL = re.compile(r"-?\d+\.\d+")


def functions(stem: str) -> dict[str, Callable]:
    """Return the figure functions of a chapter by name."""
    module = importlib.import_module(f"{stem}.figure")
    return {
        name: function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def stems(root: Path = ROOT) -> list[str]:
    """Return the chapters that have figures."""
    return sorted(
        path.parent.name for path in root.glob("snippets/*/figure.py")
    )


def files(root: Path = ROOT) -> list[tuple[str, str]]:
    """Return the chapter and the name of each figure that is there."""
    return sorted(
        (path.parent.name, path.stem)
        for path in (root / FIGURES).glob("*/*.svg")
    )


def path(stem: str, name: str, root: Path = ROOT) -> Path:
    """Return where a figure lies."""
    return root / FIGURES / stem / f"{name}.svg"


def svg(function: Callable) -> bytes:
    """Draw a figure and return it as SVG, always in the same bytes."""
    import matplotlib
    from matplotlib import pyplot

    matplotlib.use("agg")
    with style():
        figure = function()
        buffer = io.BytesIO()
        figure.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None}
        )
        pyplot.close(figure)
    return _rounded(buffer.getvalue().decode()).encode()


@contextlib.contextmanager
def style() -> Iterator[None]:
    """Draw in the style of the site inside the with block."""
    import matplotlib
    from cycler import cycler

    options = {
        "axes.edgecolor": GREY,
        "axes.labelcolor": GREY,
        "axes.labelsize": 13,
        "axes.prop_cycle": cycler(color=COLOURS),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlecolor": GREY,
        "figure.constrained_layout.use": True,
        "figure.figsize": (6.4, 4.0),
        "font.size": 11,
        "grid.alpha": 0.25,
        "grid.color": GREY,
        "image.cmap": "viridis",
        "legend.frameon": False,
        "legend.labelcolor": GREY,
        "lines.linewidth": 2,
        "mathtext.fontset": "cm",
        "savefig.transparent": True,
        "svg.fonttype": "path",  # the same letters on every machine
        "svg.hashsalt": "figure",  # the same ids in every run
        "text.color": GREY,
        "xtick.color": GREY,
        "ytick.color": GREY,
    }
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.use("agg")
        matplotlib.rcParams.update(options)
        yield


def _rounded(text: str) -> str:
    """Round coordinates to what an eye can see.

    A processor that adds in another order would change the last digits.
    """

    def shorter(match: re.Match) -> str:
        return f"{float(match[0]):.3f}".rstrip("0").rstrip(".")

    def numbers(match: re.Match) -> str:
        return f'{match["name"]}="{DECIMAL.sub(shorter, match["numbers"])}"'

    return COORDINATES.sub(numbers, text)
