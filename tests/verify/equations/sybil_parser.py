"""The equations of a page as Sybil examples: one test item each."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from page import Fault
from sybil import Document, Region

from verify.equations.source import Declaration, Equation, Item, read
from verify.examples import Case, evaluate


def parse_equations(document: Document) -> Iterator[Region]:
    """Yield the page's equations, each with the check of it.

    Collecting reads the page only: torch is imported when the first equation
    is checked.
    """
    source = read(Path(document.path))
    for index, item in reversed(list(enumerate(source.items))):
        if not isinstance(item, Declaration):
            case = Case(_label(item), functools.partial(_check, source, index))
            start = _offset(document, item.line)
            yield Region(start, start, case, evaluate)


def _check(source, index: int) -> Fault | None:
    found = _equations(source).check(index)
    return found if isinstance(found, Fault) else None


@functools.cache
def _equations(source):
    from verify.equations.pages import Equations

    return Equations(source)


def _label(item: Item) -> str:
    if not isinstance(item, Equation):
        return " (comment)"
    text = " ".join(item.latex.split())
    return f" ${text if len(text) <= 40 else text[:39] + '…'}$"


def _offset(document: Document, line: int) -> int:
    lines = document.text.split("\n")
    return sum(len(text) + 1 for text in lines[: line - 1])
