"""The formulas of a page as Sybil's examples: a test item each."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import partial

from sybil import Region

from page import Fault, Page
from verify.equations.source import Equation, Misplaced, of
from verify.examples import Case, PageDocument, regions


def parse_equations(document: PageDocument) -> Iterator[Region]:
    """Yield the page's formulas, each with the check of it."""
    return regions(document, _cases(document.reading.page))


def _cases(read: Page) -> Iterator[Case]:
    source = of(read)

    # Collecting reads the page only: torch is imported for the first check.
    def shown() -> Fault | None:
        from verify.equations.pages import unseen

        return next(unseen(read, source), None)

    def checked(index: int) -> Fault | None:
        from verify.equations.pages import told

        return told(source, index)

    yield Case(1, " formulas as shown", shown)
    for index, item in enumerate(source.items):
        check = partial(checked, index)
        if isinstance(item, Misplaced):
            yield Case(item.line, " (comment)", check)
        elif isinstance(item, Equation):
            name = "equation" if item.is_claim else "expression"
            text = textwrap.shorten(item.latex, 41, placeholder="…")
            part = "formulas" if item.display else ""
            yield Case(item.line, f" {name} ${text}$", check, item.kind, part)
