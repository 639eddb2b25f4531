"""Which faults are planted where, and which check must see each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

import page
from verify.equations.source import of
from verify.figures import files
from verify.mutation import checks, mutants
from verify.mutation.checks import Check, planted
from verify.mutation.latex import of_page
from verify.mutation.mutants import Edit
from verify.project import LANGUAGES, ROOT
from verify.reading import Reading
from verify.translations.sequence import blocks

SHOWN = ("numbers", "outputs")  # they change nothing of what a page runs
Plan = tuple[str, Path, Iterable[Edit], Check]


@dataclass(frozen=True)
class Job:
    """A fault to plant in a file, and the check that must see it."""

    path: Path
    source: str
    edit: Edit
    check: Check

    @property
    def line(self) -> int:
        """The index of the line of the fault."""
        return self.source.count("\n", 0, self.edit[0])

    @property
    def name(self) -> str:
        """How survivors.txt calls it: by the line as the fault leaves it."""
        start, end, new = self.edit
        old = " ".join(self.source[start:end].split())[:80]
        line = faulty(self).split("\n")[self.line].strip()
        return f"{page.shown(self.path)}: {old} → {new or 'nothing'}: {line}"


def faulty(*jobs: Job) -> str:
    """Return a file with faults in it."""
    text = jobs[0].source
    for start, end, new in sorted((job.edit for job in jobs), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def tried(jobs: list[Job]) -> Iterator[tuple[Job, bool]]:
    """Plant faults one by one; say of each whether it is caught."""
    for job in jobs:
        yield job, planted(job.path, faulty(job), job.check)[0]


def tried_at_once(jobs: list[Job]) -> Iterator[tuple[Job, bool]]:
    """Plant all faults of a page at once: an update mends what is seen."""
    for path in dict.fromkeys(job.path for job in jobs):
        found = [job for job in jobs if job.path == path]
        _, after = planted(path, faulty(*found), found[0].check)
        lines = zip_longest(after.split("\n"), found[0].source.split("\n"))
        mended = [new == old for new, old in lines]
        yield from ((job, True) for job in found if mended[job.line])
        yield from tried([job for job in found if not mended[job.line]])


def jobs(stem: str, kind: str) -> Iterator[Job]:
    """Yield every fault of a kind that can be planted in a chapter."""
    in_pages = () if kind in ("code", "figures") else _in_pages(stem)
    for planned, path, edits, check in (*_in_snippets(stem), *in_pages):
        if planned == kind:
            source = path.read_text(encoding="utf-8")
            for edit in dict.fromkeys(edits):
                yield Job(path, source, edit, check)


def _in_snippets(stem: str) -> Iterator[Plan]:
    # As both languages run the same code, the Chinese page is enough.
    tests, shown = f"tests/{stem}", ROOT / f"docs/zh/{stem}.md"
    drawn = [file for file in files() if file[0] == stem]
    for path in sorted((ROOT / "snippets" / stem).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        faults = mutants.code(source)
        if path.stem == "figure":
            yield "figures", path, faults, partial(checks.stale, drawn)
            continue
        places = f"{tests}/test_{path.name}", tests, str(shown)
        yield "code", path, faults, partial(checks.tests, *places)
        beside = mutants.comments(source)
        yield "comments", path, beside, partial(checks.run, shown)


def _in_pages(stem: str) -> Iterator[Plan]:
    paths = [ROOT / f"docs/{each}/{stem}.md" for each in LANGUAGES]
    pair = {path: blocks(page.read(path)) for path in paths}
    for path in paths:
        reading = Reading.of(page.read(path))
        parity = partial(checks.parity, pair, path)
        formulas = partial(checks.formulas, of(reading.page))
        run = partial(checks.run, path)
        yield "comments", path, mutants.comments(reading.page.source), run
        if path == paths[0]:  # a test keeps those of the other one equal
            yield "formulas", path, of_page(path), formulas
        yield "numbers", path, mutants.numbers(reading), run
        yield "outputs", path, mutants.outputs(reading), run
        yield "translations", path, mutants.translations(reading), parity
