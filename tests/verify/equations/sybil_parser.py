"""The formulas of a page as Sybil's examples: a test item each."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import partial

from sybil import Region

import page
from page import Fault
from verify.equations.source import Equation, Misplaced, Source, of
from verify.examples import Case, PageDocument, evaluate


def parse_equations(document: PageDocument) -> Iterator[Region]:
    """Yield the page's formulas, each with the check of it.

    Collecting reads the page only: torch is imported when the first formula
    is checked.
    """
    read = document.reading.page
    source, lines = of(read), document.text.split("\n")
    cases = [Case(1, " formulas as shown", partial(_unseen, read, source))]
    for index, item in enumerate(source.items):
        check = partial(_check, source, index)
        if isinstance(item, Misplaced):
            cases.append(Case(item.line, " (comment)", check))
        elif isinstance(item, Equation):
            name = "equation" if item.is_claim else "expression"
            text = textwrap.shorten(item.latex, 41, placeholder="…")
            is_wrong = item.directive.mode == "wrong"
            kind = "wrong" if is_wrong else name if item.is_claim else "test"
            cases.append(Case(item.line, f" {name} ${text}$", check, kind))
    for case in reversed(cases):
        start = sum(len(line) + 1 for line in lines[: case.line - 1])
        yield Region(start, start, case, evaluate)


def _unseen(read: page.Page, source: Source) -> Fault | None:
    from verify.equations.pages import unseen

    return next(unseen(read, source), None)


def _check(source: Source, index: int) -> Fault | None:
    from verify.equations.pages import examined

    found = examined(source, index)
    return found if isinstance(found, Fault) else None
