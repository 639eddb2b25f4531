"""Which faults are planted where, and which tests must see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verify.mutation import operators
from verify.mutation.runner import Job
from verify.project import LANGUAGES, ROOT

FIGURES = (
    "tests/test_figures.py::test_the_figures_are_what_their_functions_draw"
)
# Equations see no outputs, and their proofs take longer than all the rest.
NO_EQUATIONS = ("-k", "not equation")
PARITY = "tests/verify/translations/test_pages.py"


def jobs() -> Iterator[Job]:
    """Yield every fault that the project knows to plant."""
    for stem in stems():
        yield from code(stem)
        for language in LANGUAGES:
            yield from page(language, stem)


def stems() -> list[str]:
    """Return the pages' names, those in Markdown."""
    return sorted(path.stem for path in (ROOT / "docs/zh").glob("*.md"))


def code(stem: str) -> Iterator[Job]:
    """Yield faults in the snippets of a chapter.

    Its tests must see them, or a page that shows the snippet.
    """
    for path in sorted((ROOT / "snippets" / stem).glob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8")
        kind, tests = "code", (f"tests/{stem}", *_showing(path))
        if path.stem == "figure":
            kind, tests = "figures", (f"{FIGURES}[{stem}]",)
        for mutant in operators.code(source):
            yield Job(
                kind, name, mutant.line, mutant.fault, mutant.text, tests
            )


def page(language: str, stem: str) -> Iterator[Job]:
    """Yield faults in the outputs, numbers and structure of a page."""
    name = f"docs/{language}/{stem}.md"
    source = (ROOT / name).read_text(encoding="utf-8")
    structure = (
        f"{PARITY}::test_both_languages_have_the_same_structure[{stem}.md]"
    )
    for kind, operator, tests in (
        ("outputs", operators.outputs, (*NO_EQUATIONS, name)),
        ("numbers", operators.numbers, (*NO_EQUATIONS, name)),
        # What has a source can be compared with the other language only.
        ("numbers", operators.sourced, (structure,)),
        ("translations", operators.translations, (structure,)),
    ):
        for mutant in operator(source):
            yield Job(
                kind, name, mutant.line, mutant.fault, mutant.text, tests
            )


def _showing(snippet: Path) -> Iterator[str]:
    """Yield the pages that include a snippet."""
    include = snippet.relative_to(ROOT / "snippets").as_posix()
    for path in sorted((ROOT / "docs").glob("??/*.md")):
        if include in path.read_text(encoding="utf-8"):
            yield path.relative_to(ROOT).as_posix()
