"""Which faults are planted where, and which checks must see them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import page
from verify import figures
from verify.mutation import mutants
from verify.mutation.formulas import of_page
from verify.mutation.mutants import Mutant
from verify.project import LANGUAGES, ROOT
from verify.reading import Reading

FIGURE = "tests/test_figures.py::test_the_figure_is_what_its_function_draws"
PARITY = (
    "tests/verify/translations/test_pages.py"
    "::test_both_languages_have_the_same_structure"
)
# Equations see no outputs, and take longer than all the rest.
BLOCKS = "-k 'not equation' "
FORMULAS = "formulas of "
KINDS = (
    *("code", "comments", "figures", "formulas", "numbers", "outputs"),
    "translations",
)
Checks = tuple[str, ...]
Plan = tuple[str, Path, Callable[[], Iterable[Mutant]], Checks]


@dataclass(frozen=True)
class Job:
    """A fault, where to plant it, and the checks of which one must see it.

    A check is what one writes after `pytest`, or the formulas of a page; the
    quick ones come first.
    """

    kind: str
    path: str
    line: int
    fault: str
    text: str
    checks: Checks

    @property
    def name(self) -> str:
        """How survivors.txt calls it: by the line as the fault leaves it."""
        line = self.text.split("\n")[self.line - 1].strip()
        return f"{self.path}: {self.fault}: {line}"


def stems() -> list[str]:
    """Return the pages' names, those in Markdown."""
    return sorted(path.stem for path in (ROOT / "docs/zh").glob("*.md"))


def jobs(stem: str, kinds: Collection[str] = KINDS) -> Iterator[Job]:
    """Yield every fault that the project knows to plant in a chapter."""
    for kind, path, operator, checks in _plans(stem):
        for each in operator() if kind in kinds else ():
            yield Job(
                kind, _name(path), each.line, each.fault, each.text, checks
            )


def _plans(stem: str) -> Iterator[Plan]:
    names = (name for chapter, name in figures.files() if chapter == stem)
    drawn = tuple(f"{FIGURE}[{stem}/{name}]" for name in names)
    for path in sorted((ROOT / "snippets" / stem).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        # As both languages run the same code, the Chinese page is enough.
        showing = tuple(_showing(path))
        tests = f"tests/{stem}/test_{path.name}", f"tests/{stem}"
        is_figure = path.stem == "figure"
        kind = "figures" if is_figure else "code"
        checks = drawn if is_figure else (*tests, *showing)
        yield kind, path, partial(mutants.code, source), checks
        yield "comments", path, partial(mutants.comments, source), showing
    for path in (ROOT / f"docs/{each}/{stem}.md" for each in LANGUAGES):
        reading = Reading.of(page.read(path))
        blocks = (f"{BLOCKS}{_name(path)}",)
        formulas = (f"{FORMULAS}{_name(path)}",)
        parity = (f"{PARITY}[{path.name}]",)
        comments = partial(mutants.comments, reading.page.source)
        yield "comments", path, comments, blocks
        yield "formulas", path, partial(of_page, path), formulas
        yield "numbers", path, partial(mutants.numbers, reading), blocks
        # What has a source can be compared with the other language only.
        yield "numbers", path, partial(mutants.sourced, reading), parity
        yield "outputs", path, partial(mutants.outputs, reading), blocks
        compared = partial(mutants.translations, reading)
        yield "translations", path, compared, parity


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _showing(snippet: Path) -> Iterator[str]:
    """Yield the pages that run a snippet."""
    for path in sorted((ROOT / "docs/zh").glob("*.md")):
        if snippet in _included(path):
            yield _name(path)


@functools.cache
def _included(path: Path) -> frozenset[Path | None]:
    """Return the files that the Python blocks of a page include."""
    return frozenset(
        line.file
        for fence in page.read(path).fences
        if fence.is_python
        for line in fence.lines
    )
