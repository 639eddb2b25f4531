"""The formulas of a page as Sybil's examples: a test item each."""

from __future__ import annotations

import functools
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
    unseen = functools.partial(_unseen, document.reading.page, source)
    cases = [Case(1, " formulas as shown", unseen)]
    for index, item in enumerate(source.items):
        check = functools.partial(_check, source, index)
        if isinstance(item, Misplaced):
            cases.append(Case(item.line, " (comment)", check))
        elif isinstance(item, Equation) and item.is_claim:
            text = " ".join(item.latex.split())
            short = text if len(text) <= 40 else text[:39] + "…"
            kind = "wrong" if item.directive.mode == "wrong" else "equation"
            label = f" equation ${short}$"
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
