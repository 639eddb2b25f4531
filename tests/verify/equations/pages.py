"""Pages of formulas: what holds where, from the notation page downward."""

from __future__ import annotations

import contextlib
import functools
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from bs4 import BeautifulSoup

import page
from page import Fault
from verify.equations.check import check, introduced
from verify.equations.errors import EquationError
from verify.equations.expressions import demand_part, parts
from verify.equations.formula import Node, sides
from verify.equations.reader import parse
from verify.equations.scope import Scope
from verify.equations.source import (
    Declaration,
    Equation,
    Item,
    Misplaced,
    Source,
    read,
)
from verify.reading import NotRun

NOTATION, HEADINGS = "notation.md", ["h1", "h2", "h3", "h4", "h5", "h6"]
HELP = "docs/en/contributing.md#math says what may stand here."
SHOW = (
    "In a table write \\lvert … \\rvert for bars; a display has empty lines "
    'around it; HTML needs markdown="span"; headings and alternative texts '
    "are words."
)
WRITE = "Write it on the page itself, as $…$ or between lines of $$."


def examined(source: Source, index: int) -> str | Fault | None:
    """Return what an item of a page is found to be, or what is wrong."""
    item, path = source.items[index], source.path
    if isinstance(item, Misplaced):
        return Fault(path, item.line, item.message, HELP)
    if isinstance(item, Declaration):
        return None
    scope = scopes(source)[index]
    try:
        if item.is_claim:
            return check(item.latex, item.directive, scope)
        demand_part(item.latex, scope.symbols, _parts(source))
    except EquationError as error:
        return fault(path, item, error)
    return None


def told(source: Source, index: int) -> Fault | None:
    """Return what is wrong with an item, if anything.

    Raises NotRun below a wrong definition, from which it may follow.
    """
    found = examined(source, index)
    if not isinstance(found, Fault):
        return None
    for n, above in enumerate(source.items[:index]):
        is_definition = isinstance(above, Equation) and above.is_definition
        if is_definition and isinstance(examined(source, n), Fault):
            raise NotRun(
                f"{page.shown(source.path)}: not judged, since the definition "
                f"at line {above.line} is wrong"
            )
    return found


@functools.cache
def scopes(source: Source) -> list[Scope]:
    """Return what holds where each item stands, and behind the last."""
    notation = source.path.with_name(NOTATION)
    first = Scope()
    if source.path.name != NOTATION and notation.is_file():
        first = shared(notation)
    return list(accumulate(source.items, behind, initial=first))


@functools.cache
def _parts(source: Source) -> set[Node]:
    """Return what occurs in the checked formulas of a page."""
    first, nodes = scopes(source)[0], []
    for item, scope in zip(source.items, scopes(source), strict=False):
        is_claim = isinstance(item, Equation) and item.is_claim
        if is_claim and item.directive.mode != "wrong":
            with contextlib.suppress(EquationError):  # it has a test
                for chain in parse(item.latex, scope.symbols):
                    nodes += sides(chain)
    nodes += [each.body for each in first.definitions.values()]
    return {*parts(nodes)}


@functools.cache
def shared(notation: Path) -> Scope:
    """Return what the notation page says for every page of its language."""
    return scopes(read(notation))[-1]


def behind(scope: Scope, item: Item) -> Scope:
    """Return the scope behind an item, the item unchecked."""
    if isinstance(item, Declaration):
        return scope.declaring(item.symbols)
    if isinstance(item, Equation) and item.is_claim:
        # Where it cannot be read, its own test says so.
        with contextlib.suppress(EquationError):
            return introduced(item.latex, item.directive, scope)
    return scope


def fault(path: Path, item: Equation, error: EquationError) -> Fault:
    """Return what is wrong with an equation, in an author's words."""
    at = error.position or 0
    line = item.line + item.latex.count("\n", 0, at)
    message, _, mend = error.message.partition("\n    ")
    if not mend:
        message = f"cannot check this formula: {message}"
        text = " ".join(item.latex[at:].strip().split(r"\\")[0].split())
        mend = f"near: {text if len(text) <= 70 else text[:67] + '…'}"
    return Fault(path, line, message, mend)


def unseen(read: page.Page, source: Source) -> Iterator[Fault]:
    """Yield where formulas and those of the built page differ, one by one."""
    if read.faults:
        return  # they have tests of their own
    tags = BeautifulSoup(read.html, "lxml").select(".arithmatex")
    shown = Counter(
        (each.name == "div", plain(each.get_text().strip()[2:-2]))
        for each in tags
        if not each.find_parent(HEADINGS)  # the contents show it as LaTeX
    )
    for item in source.items:
        if isinstance(item, Equation):
            formula = item.display, plain(item.latex)
            if not shown[formula]:
                what = f"readers do not see this as a formula: {formula[1]}"
                yield Fault(source.path, item.line, what, SHOW)
            shown[formula] -= 1
    for _, text in (+shown).elements():
        what = f"the page shows a formula that is not read here: {text}"
        yield Fault(source.path, 1, what, WRITE)


def plain(latex: str) -> str:
    """Return LaTeX without needless spaces."""
    return " ".join(latex.split())
