"""What holds where an equation stands: its symbols and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from verify.equations import tree as t
from verify.equations.definitions import Definitions, bound, free
from verify.equations.errors import Meaningless, Unreadable
from verify.equations.symbols import Symbol, Symbols

if TYPE_CHECKING:
    from verify.equations.points import Point

# At most so many assignments of the free indices are tried at a point.
ASSIGNMENTS = 12


@dataclass(frozen=True)
class Scope:
    """The symbols and definitions that an equation may use."""

    symbols: Symbols = field(default_factory=Symbols)
    definitions: Definitions = field(default_factory=dict)

    def with_symbols(self, more: Iterable[Symbol]) -> Scope:
        """Return a scope in which more is declared."""
        return replace(self, symbols=self.symbols.plus(more))


def indices(statement: t.Node, scope: Scope) -> list[str]:
    """Return the free indices of a statement, for all of which it is claimed.

    Raises Unreadable where one is also bound by a sum, and Meaningless where
    nothing declares its range.
    """
    names = sorted(free(statement))
    clash = set(names) & bound(statement)
    if clash:
        name = min(clash)
        raise Unreadable(
            f"the index {name} is bound by a sum and also stands outside it",
            _outside(statement, name),
        )
    for name in names:
        symbol = scope.symbols.get(name)
        if symbol is None or symbol.kind != "index":
            raise Meaningless(
                f"the index {name} is free here: no sum binds it, and it is "
                "not declared"
            )
    return names


def assignments(
    names: list[str], point: Point, symbols: Symbols
) -> Iterator[dict[str, int]]:
    """Yield values of free indices at a point, spread over their ranges."""
    ranges = [point.ranges(symbols[name])[0] for name in names]
    count = 1
    for each in ranges:
        count *= max(1, len(each))
    step = max(1, count // ASSIGNMENTS)
    for values in islice(product(*ranges), 0, None, step):
        yield dict(zip(names, values, strict=True))


def opened(
    node: t.Node, parameters: tuple[str, ...], scope: Scope
) -> tuple[t.Node, Scope]:
    """Return a function's formula with its parameters made symbols."""
    if not parameters:
        return node, scope
    symbols = []
    for name in parameters:
        known = scope.symbols.get(name)
        plain = known is not None and known.is_number
        symbols.append(Symbol(name, known.kind if plain else "real"))
    definitions = {
        key: clauses
        for key, clauses in scope.definitions.items()
        if key not in parameters
    }

    def change(each: t.Node) -> t.Node | None:
        if isinstance(each, t.Bound) and each.name in parameters:
            return t.Name(each.name, span=each.span)
        return None

    inner = replace(
        scope, symbols=scope.symbols.plus(symbols), definitions=definitions
    )
    return t.rebuild(node, change), inner


def _outside(node: t.Node, name: str) -> int | None:
    """Return where an index stands free."""
    if isinstance(node, t.Bound) and node.name == name:
        return node.span[0]
    if isinstance(node, t.Big | t.Mean) and node.index == name:
        return None
    for child in t.children(node):
        found = _outside(child, name)
        if found is not None:
            return found
    return None
