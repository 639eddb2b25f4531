"""Rewrites what the pages show: outputs, numbers and figures.

    python -m verify.update [PAGE or chapter …]

Without arguments, all of them. A page whose code raises is left alone. What
is right stays as it is, byte for byte, and each change is listed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import page
from page import Fault, missaved, shown
from verify import figures, notebooks
from verify.compare import Edit
from verify.project import ROOT
from verify.reading import Reading
from verify.writing import replace, speak_anywhere, text_of


def main(arguments: list[str]) -> int:
    """Update chapters; return 1 where something was refused."""
    refused = list(map(str, missaved(ROOT)))
    stems = [Path(each).stem for each in arguments] or chapters()
    for stem in stems if not refused else ():
        found = files(stem)
        if not found:
            refused.append(f"Nothing is called {stem}.")
        for path in found:
            try:
                for fault in mended(path):
                    print(f"{shown(fault.path)}:{fault.line}: {fault.what}")
            except (Fault, OSError) as error:
                refused.append(f"Left as it is: {error}")
    print(*refused, sep="\n", end="\n" if refused else "", file=sys.stderr)
    return int(bool(refused))


def chapters(root: Path = ROOT) -> list[str]:
    """Return all that can be updated."""
    return sorted({path.stem for path in root.glob("docs/??/*.*")})


def files(stem: str, root: Path = ROOT) -> list[Path]:
    """Return a chapter's files that can be updated, figures first."""
    written = sorted(root.glob(f"docs/??/{stem}.*"))
    figure = (each for each in figures.files(root) if each[0] == stem)
    drawn = [figures.path(*each, root) for each in figure]
    return drawn + written if written else []


def mended(path: Path) -> list[Fault]:
    """Make the edits that a file needs; return what they mend."""
    old = new = text_of(path)
    found = sorted(edits(path), key=lambda edit: edit.start)
    for edit in reversed(found):
        new = new[: edit.start] + edit.new + new[edit.end :]
    if text_of(path) != old:
        raise Fault(path, 1, "changed meanwhile", "Run it once more.")
    if found:
        replace(path, new)
    return [edit.fault for edit in found]


def edits(path: Path) -> list[Edit]:
    """Return what a file needs to show what code gives today.

    Raises Fault where that cannot be trusted.
    """
    if path.suffix == ".svg":
        return figures.stale(path.parent.name, path.stem, page.root(path))
    if path.suffix == ".ipynb":
        return notebooks.stale(path)
    found = Reading.of(page.read(path))
    for fault in found.broken:
        raise fault
    items = [*found.blocks, *found.ties]
    return [edit for item in items for edit in found.edits(item)]


if __name__ == "__main__":
    speak_anywhere()
    sys.exit(main(sys.argv[1:]))
