"""Which faults are planted where, and which tests must see them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import page
from verify import figures
from verify.mutation import operators
from verify.mutation.runner import Job
from verify.project import LANGUAGES, ROOT

FIGURES = "tests/test_figures.py::test_the_figure_is_what_its_function_draws"
# Equations see no outputs, and their proofs take longer than all the rest.
NO_EQUATIONS = "-k 'not equation'"
PARITY = "tests/verify/translations/test_pages.py"


def jobs(chapter: str | None = None) -> Iterator[Job]:
    """Yield every fault that the project knows to plant, or a chapter's."""
    for stem in [chapter] if chapter else stems():
        yield from of_snippets(stem)
        for language in LANGUAGES:
            yield from of_page(language, stem)


def stems() -> list[str]:
    """Return the pages' names, those in Markdown."""
    return sorted(path.stem for path in (ROOT / "docs/zh").glob("*.md"))


def of_snippets(stem: str) -> Iterator[Job]:
    """Yield faults in the snippets of a chapter.

    Their tests must see them, or else the other tests of the chapter or a
    page that shows the snippet: the Chinese one, as both run the same code.
    """
    for path in sorted((ROOT / "snippets" / stem).glob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8")
        if path.stem == "figure":
            kind, checks = "figures", tuple(_figures(stem))
        else:
            tests = f"tests/{stem}"
            own = f"{tests}/test_{path.name}"
            kind, checks = "code", (own, tests, *_showing(path))
        for mutant in operators.code(source):
            yield Job(
                kind, name, mutant.line, mutant.fault, mutant.text, checks
            )
        for mutant in operators.comments(source):
            yield Job(
                "comments",
                name,
                mutant.line,
                mutant.fault,
                mutant.text,
                tuple(_showing(path)),
            )


def of_page(language: str, stem: str) -> Iterator[Job]:
    """Yield faults in the outputs, numbers and structure of a page."""
    name = f"docs/{language}/{stem}.md"
    source = (ROOT / name).read_text(encoding="utf-8")
    structure = (
        f"{PARITY}::test_both_languages_have_the_same_structure[{stem}.md]"
    )
    for kind, operator, check in (
        ("comments", operators.comments, f"{NO_EQUATIONS} {name}"),
        ("outputs", operators.outputs, f"{NO_EQUATIONS} {name}"),
        ("numbers", operators.numbers, f"{NO_EQUATIONS} {name}"),
        # What has a source can be compared with the other language only.
        ("numbers", operators.sourced, structure),
        ("translations", operators.translations, structure),
    ):
        for mutant in operator(source):
            yield Job(
                kind, name, mutant.line, mutant.fault, mutant.text, (check,)
            )


def _figures(stem: str) -> Iterator[str]:
    for chapter, name in figures.files():
        if chapter == stem:
            yield f"{FIGURES}[{stem}/{name}]"


def _showing(snippet: Path) -> Iterator[str]:
    """Yield the pages that run a snippet."""
    for path in sorted((ROOT / "docs/zh").glob("*.md")):
        if snippet in _snippets(path):
            yield path.relative_to(ROOT).as_posix()


@functools.cache
def _snippets(path: Path) -> frozenset[Path | None]:
    """Return the files that the Python blocks of a page include."""
    return frozenset(
        line.file
        for fence in page.read(path).fences
        if fence.is_python
        for line in fence.lines
    )
