"""The formulas of a page as Sybil's examples: a test item each."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterator

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
    source = of(document.reading.page)
    starts = [0]
    for line in document.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    whole = functools.partial(_unseen, document.reading.page, source)
    cases = [Case(1, " formulas as shown", whole)]
    for index, item in enumerate(source.items):
        label, kind = "", "test"
        if isinstance(item, Misplaced):
            label = " (comment)"
        elif isinstance(item, Equation):
            name = "equation" if item.is_claim else "expression"
            text = textwrap.shorten(item.latex, 41, placeholder="…")
            label = f" {name} ${text}$"
            if item.is_claim:
                is_wrong = item.directive.mode == "wrong"
                kind = "wrong" if is_wrong else "equation"
        if label:
            check = functools.partial(_check, source, index)
            cases.append(Case(item.line, label, check, kind))
    for case in reversed(cases):
        start = starts[case.line - 1]
        yield Region(start, start, case, evaluate)


def _unseen(read: page.Page, source: Source) -> Fault | None:
    from verify.equations.pages import unseen

    return next(unseen(read, source), None)


def _check(source: Source, index: int) -> Fault | None:
    from verify.equations.pages import examined

    found = examined(source, index)
    return found if isinstance(found, Fault) else None
