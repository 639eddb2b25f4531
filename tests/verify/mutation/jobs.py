"""Which faults are planted where, and which checks must see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import page
from verify import figures
from verify.equations.source import of
from verify.mutation import checks, mutants
from verify.mutation.checks import Check, is_caught
from verify.mutation.latex import of_page
from verify.mutation.mutants import Edit
from verify.project import LANGUAGES, ROOT
from verify.reading import Reading
from verify.translations.sequence import blocks

SHOWN = ("numbers", "outputs")  # they change nothing of what a page runs
KINDS = ("code", "comments", "figures", "formulas", *SHOWN, "translations")
Plan = tuple[str, Path, str, Iterable[Edit], list[Check]]


@dataclass(frozen=True)
class Job:
    """Faults to plant in a file, and the checks of which one must see each."""

    path: Path
    source: str
    edits: list[Edit]
    checks: list[Check]

    @property
    def text(self) -> str:
        """The file with the faults."""
        text = self.source
        for start, end, new in sorted(self.edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    @property
    def name(self) -> str:
        """How survivors.txt calls one: by the line as the fault leaves it."""
        ((start, end, new),) = self.edits
        old = " ".join(self.source[start:end].split())[:80]
        line = self.text.split("\n")[self.source.count("\n", 0, start)]
        fault = f"{old} → {new or 'nothing'}"
        return f"{page.shown(self.path)}: {fault}: {line.strip()}"

    def tried(self) -> Iterator[tuple[str, bool]]:
        """Plant faults; yield the name of each, and whether it is caught."""
        # One that is seen could hide another: all are to be brought back.
        seen_by = self.checks[:1] if len(self.edits) > 1 else self.checks
        caught = is_caught(self.path, self.text, seen_by)
        if caught or len(self.edits) == 1:
            alone = (replace(self, edits=[each]) for each in self.edits)
            yield from ((each.name, caught) for each in alone)
        else:
            for half in (self.edits[::2], self.edits[1::2]):
                yield from replace(self, edits=half).tried()


def jobs(stem: str, kind: str) -> Iterator[Job]:
    """Yield every fault of a kind that can be planted in a chapter.

    All in what a page shows are one job, as they change nothing of what runs.
    """
    plans = [*_in_snippets(stem)]
    if kind not in ("code", "figures"):
        plans += _in_pages(stem)
    for planned, path, source, edits, seen_by in plans:
        found = [*dict.fromkeys(edits)] if planned == kind else []
        groups = [found] if kind in SHOWN else [[each] for each in found]
        for group in filter(None, groups):
            yield Job(path, source, group, seen_by)


def _in_snippets(stem: str) -> Iterator[Plan]:
    # As both languages run the same code, the Chinese page is enough.
    tests, shown = f"tests/{stem}", ROOT / f"docs/zh/{stem}.md"
    for path in sorted((ROOT / "snippets" / stem).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        if path.stem == "figure":
            files = [file for file in figures.files() if file[0] == stem]
            drawn = [partial(figures.stale, *file) for file in files]
            for edit in mutants.code(source):
                own = figures.FUNCTION.findall(source[: edit[0]])[-1:]
                drawn.sort(key=lambda each, own=own: each.args[1:] != (*own,))
                yield "figures", path, source, [edit], [*drawn]
            continue
        places = f"{tests}/test_{path.name}", tests, str(shown)
        seen_by = [partial(checks.tests, each) for each in places]
        yield "code", path, source, mutants.code(source), seen_by
        run = [partial(checks.run, shown)]
        yield "comments", path, source, mutants.comments(source), run


def _in_pages(stem: str) -> Iterator[Plan]:
    paths = [ROOT / f"docs/{each}/{stem}.md" for each in LANGUAGES]
    pair = {path: blocks(page.read(path)) for path in paths}
    for path in paths:
        reading = Reading.of(page.read(path))
        place = path, reading.page.source
        formulas = [partial(checks.formulas, of(reading.page))]
        parity = [partial(checks.parity, pair, path)]
        run = [partial(checks.run, path)]
        updated = [partial(checks.restored, *place), *run]
        yield "comments", *place, mutants.comments(place[1]), run
        yield "formulas", *place, of_page(path), formulas
        yield "numbers", *place, mutants.numbers(reading), updated
        yield "outputs", *place, mutants.outputs(reading), updated
        yield "translations", *place, mutants.translations(reading), parity
