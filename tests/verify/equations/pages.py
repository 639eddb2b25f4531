"""Pages of equations: what holds where, from the notation page downward."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from page import Fault, root
from verify.equations.check import Verdict, verdict
from verify.equations.defining import introduced
from verify.equations.errors import EquationError, False_, Undeclared
from verify.equations.scope import Scope
from verify.equations.source import (
    Declaration,
    Equation,
    Item,
    Misplaced,
    Source,
    read,
)  # fmt: skip

NOTATION = "notation.md"
DECLARE = (
    "Declare it in the table of the notation page, or on this page in "
    "<!-- math: symbols … -->."
)
HELP = "verify/equations/directives.py lists what may stand here."
# Verdicts by equation and scope: the two languages share their equations.
KNOWN: dict = {}


@dataclass
class Equations:
    """The equations of a page, each with the scope in which it stands."""

    source: Source
    scopes: list[Scope] = field(default_factory=list)

    def scope(self, index: int) -> Scope:
        """Return what holds where an item stands."""
        if not self.scopes:
            self.scopes.append(first_scope(self.source))
        while len(self.scopes) <= index:
            item = self.source.items[len(self.scopes) - 1]
            self.scopes.append(behind(item, self.scopes[-1]))
        return self.scopes[index]

    def check(self, index: int) -> Verdict | Fault:
        """Check an item; return what was found, or what is wrong."""
        item, path = self.source.items[index], self.source.path
        if isinstance(item, Misplaced):
            return Fault(path, item.line, item.message, HELP)
        if isinstance(item, Declaration):
            return Verdict("symbols")
        try:
            return examine(item, self.scope(index), path)
        except EquationError as error:
            return fault(path, item, error)


def examine(item: Equation, scope: Scope, path: Path) -> Verdict:
    """Check an equation, or remember what was found of it before.

    Raises EquationError where it does not hold or cannot be checked.
    """
    if item.directive.mode == "tested":
        demand_test(item.directive.text, root(path))
    known = (
        replace(item, line=0),
        tuple(scope.symbols.items()),
        tuple(scope.definitions.items()),
    )
    if known not in KNOWN:
        try:
            KNOWN[known] = verdict(item, scope)[0]
        except EquationError as error:
            KNOWN[known] = error
    found = KNOWN[known]
    if isinstance(found, EquationError):
        raise found
    return found


def behind(item: Item, scope: Scope) -> Scope:
    """Return the scope behind an item, the item unchecked."""
    if isinstance(item, Declaration):
        defined = {
            key: clauses
            for key, clauses in scope.definitions.items()
            if key not in {symbol.key for symbol in item.symbols}
        }
        return replace(
            scope,
            symbols=scope.symbols.plus(item.symbols),
            definitions=defined,
        )
    if isinstance(item, Equation):
        try:
            return introduced(item, scope)
        except EquationError:
            return scope  # its own test says what is wrong
    return scope


def first_scope(source: Source) -> Scope:
    """Return what holds at the top of a page."""
    notation = source.path.with_name(NOTATION)
    if source.path.name == NOTATION or not notation.is_file():
        return Scope().with_symbols(source.tabled)
    core = shared(notation)
    return core.with_symbols(source.tabled)


@functools.cache
def shared(notation: Path) -> Scope:
    """Return what the notation page says for every page of its language."""
    source = read(notation)
    return Equations(source).scope(len(source.items))


def fault(path: Path, item: Equation, error: EquationError) -> Fault:
    """Return what is wrong with an equation, in an author's words."""
    line = item.line
    if error.position:
        line += item.latex.count("\n", 0, error.position)
    if isinstance(error, False_):
        return Fault(path, line, error.message, error.counterexample)
    message, _, mend = error.message.partition("\n    ")
    near = _near(item.latex, error.position)
    if not mend:
        mend = f"near: {near}"
    if isinstance(error, Undeclared):
        mend += f"\n    {DECLARE}"
    known = ("cannot check", "formula and code")
    if not message.startswith(known):
        message = f"cannot check this formula: {message}"
    return Fault(path, line, message, mend)


def demand_test(text: str, folder: Path) -> None:
    """Raise EquationError where a test that a page names is not there."""
    name, _, test = text.partition("::")
    file = folder / name
    if not file.is_file() or f"def {test}(" not in file.read_text("utf-8"):
        raise EquationError(f"there is no test {text}")


def claims(source: Source) -> Iterator[tuple[int, Equation]]:
    """Yield the positions and equations of a page."""
    for index, item in enumerate(source.items):
        if isinstance(item, Equation):
            yield index, item


def _near(latex: str, position: int | None) -> str:
    text = latex[position or 0 :].strip().split(r"\\")[0]
    text = " ".join(text.split())
    return text if len(text) <= 70 else text[:67] + "…"
