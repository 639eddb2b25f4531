"""Which faults are planted where, and which checks must see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import page
from verify import figures
from verify.equations.source import of
from verify.mutation import checks, mutants
from verify.mutation.checks import Check
from verify.mutation.formulas import of_page
from verify.mutation.mutants import Edit
from verify.project import LANGUAGES, ROOT, pages
from verify.reading import Reading

KINDS = (
    *("code", "comments", "figures", "formulas", "numbers", "outputs"),
    "translations",
)
Plan = tuple[str, Path, str, Iterator[Edit], list[Check]]


@dataclass(frozen=True)
class Job:
    """A fault to plant in a file, and the checks of which one must see it."""

    path: Path
    source: str
    edit: Edit
    checks: list[Check]

    @property
    def text(self) -> str:
        """The file with the fault."""
        start, end, new = self.edit
        return self.source[:start] + new + self.source[end:]

    @property
    def name(self) -> str:
        """How survivors.txt calls it: by the line as the fault leaves it."""
        start, end, new = self.edit
        old = " ".join(self.source[start:end].split())[:40]
        line = self.text.split("\n")[self.source.count("\n", 0, start)]
        fault = f"{old} → {new or 'nothing'}"
        return f"{_name(self.path)}: {fault}: {line.strip()}"


def jobs(stem: str, kind: str) -> Iterator[Job]:
    """Yield every fault of a kind that can be planted in a chapter."""
    plans = [*_in_snippets(stem)]
    if kind not in ("code", "figures"):
        plans += _in_pages(stem)
    for planned, path, source, edits, seen_by in plans:
        for edit in edits if planned == kind else ():
            yield Job(path, source, edit, seen_by)


def _in_snippets(stem: str) -> Iterator[Plan]:
    for path in sorted((ROOT / "snippets" / stem).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        if path.stem == "figure":
            files = [file for file in figures.files() if file[0] == stem]
            drawn = [(checks.figure, "/".join(file)) for file in files]
            yield "figures", path, source, mutants.code(source), drawn
            continue
        # As both languages run the same code, the Chinese page is enough.
        showing = [
            _name(page)
            for page in pages("zh")
            if f'"{stem}/{path.name}' in page.read_text(encoding="utf-8")
        ]
        tests = [f"tests/{stem}/test_{path.name}", f"tests/{stem}", *showing]
        seen_by = [(checks.tests, each) for each in tests]
        yield "code", path, source, mutants.code(source), seen_by
        seen_by = [(checks.blocks, each) for each in showing]
        yield "comments", path, source, mutants.comments(source), seen_by


def _in_pages(stem: str) -> Iterator[Plan]:
    for path in (ROOT / f"docs/{each}/{stem}.md" for each in LANGUAGES):
        reading = Reading.of(page.read(path))
        place = path, reading.page.source
        before = frozenset(of(reading.page).items)
        formulas = [(partial(checks.formulas, before), _name(path))]
        blocks = [(checks.blocks, _name(path))]
        parity = [(checks.parity, path.name)]
        yield "comments", *place, mutants.comments(place[1]), blocks
        yield "formulas", *place, of_page(path), formulas
        yield "numbers", *place, mutants.numbers(reading), blocks
        yield "outputs", *place, mutants.outputs(reading), blocks
        yield "translations", *place, mutants.translations(reading), parity


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
