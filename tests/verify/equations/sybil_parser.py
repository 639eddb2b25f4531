"""The equations of a page as Sybil's examples: a test item each."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sybil import Region

from page import Fault
from verify.equations.source import Declaration, Equation, Item, Source, of
from verify.examples import Case, PageDocument, evaluate

if TYPE_CHECKING:
    from verify.equations.pages import Equations


def parse_equations(document: PageDocument) -> Iterator[Region]:
    """Yield the page's equations, each with the check of it.

    Collecting reads the page only: torch is imported when the first equation
    is checked.
    """
    source = of(document.reading.page)
    starts = [0]
    for line in document.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for index, item in reversed(list(enumerate(source.items))):
        if not isinstance(item, Declaration):
            check = functools.partial(_check, source, index)
            case = Case(item.line, _label(item), check)
            start = starts[item.line - 1]
            yield Region(start, start, case, evaluate)


def _check(source: Source, index: int) -> Fault | None:
    item = source.items[index]
    found = _equations(source).check(index)
    if isinstance(item, Equation) and item.directive.mode == "skip":
        pytest.skip(f"not checked: {item.directive.text}")
    return found if isinstance(found, Fault) else None


@functools.cache
def _equations(source: Source) -> Equations:
    from verify.equations.pages import Equations

    return Equations(source)


def _label(item: Item) -> str:
    if not isinstance(item, Equation):
        return " (comment)"
    text = " ".join(item.latex.split())
    return f" equation ${text if len(text) <= 40 else text[:39] + '…'}$"
