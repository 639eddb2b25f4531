"""Rewrites what the pages show: outputs, numbers and figures.

    python -m verify.update [PAGE or chapter …]

Without arguments, all of them. A page whose code raises is left alone. What
is right stays as it is, byte for byte, and each change is listed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat

import page
from page import Fault, missaved, shown
from verify import figures, notebooks
from verify.project import ROOT
from verify.prose import line_of
from verify.reading import Reading
from verify.writing import replace, speak_anywhere


def main(arguments: list[str]) -> int:
    """Update chapters; return 1 where something was refused."""
    refused = list(map(str, missaved(ROOT)))
    stems = [Path(each).stem for each in arguments] or chapters()
    for stem in stems if not refused else ():
        todo = steps(stem)
        if not todo:
            refused.append(f"Nothing is called {stem}.")
        for step in todo:
            try:
                for message in step:
                    print(message)
            except (Fault, OSError) as fault:
                refused.append(f"Left as it is: {fault}")
    print(*refused, sep="\n", end="\n" if refused else "", file=sys.stderr)
    return int(bool(refused))


def chapters(root: Path = ROOT) -> list[str]:
    """Return all that can be updated."""
    return sorted({path.stem for path in root.glob("docs/??/*.*")})


def steps(stem: str, root: Path = ROOT) -> list[Iterator[str]]:
    """Return what is to be done for a chapter; each yields what changed."""
    writes = {".md": update_page, ".ipynb": update_notebook}
    paths = sorted(root.glob(f"docs/??/{stem}.*"))
    drawn = [update_figures(stem, root)] if paths else []
    return drawn + [writes[path.suffix](path) for path in paths]


def update_notebook(path: Path) -> Iterator[str]:
    """Bring a notebook's outputs in line with its code; yield what changed."""
    notebook, changed = notebooks.updated(path)
    if changed:
        replace(path, nbformat.writes(notebook).rstrip("\n") + "\n")
    for cell in changed:
        yield f"{shown(path)}: the cell {cell.id}: its output"


def update_figures(stem: str, root: Path = ROOT) -> Iterator[str]:
    """Make a chapter's figures again; yield what changed."""
    for name in [name for each, name in figures.files(root) if each == stem]:
        if edit := figures.stale(stem, name, root):
            replace(edit.fault.path, edit.new)
            verb = "made again" if edit.end else "made"
            yield f"{shown(edit.fault.path)}: {verb}"


def update_page(path: Path) -> Iterator[str]:
    """Bring what a page shows in line with its code; yield what changed.

    Raises Fault, and leaves the page alone, where it cannot be trusted.
    """
    found = Reading.of(page.read(path))
    for fault in found.broken:
        raise fault
    items = [*found.blocks, *found.ties]
    edits = [edit for item in items for edit in found.edits(item)]
    edits.sort(key=lambda edit: edit.start)
    old = new = found.page.source
    for edit in reversed(edits):
        new = new[: edit.start] + edit.new + new[edit.end :]
    if new != old:
        if page.read(path).source != old:
            raise Fault(path, 1, "changed meanwhile", "Run it once more.")
        replace(path, new)
    for edit in edits:
        line = line_of(found.page, edit.start)
        before, after = _brief(old[edit.start : edit.end]), _brief(edit.new)
        yield f"{shown(path)}:{line}: {before} → {after}"


def _brief(text: str) -> str:
    lines = [line.strip() for line in text.strip().split("\n")]
    text = " ⏎ ".join(lines) or "nothing"
    return text if len(text) < 60 else text[:57] + "…"


if __name__ == "__main__":
    speak_anywhere()
    sys.exit(main(sys.argv[1:]))
