"""Definitions: what a symbol or function stands for, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from verify.equations import tree as t
from verify.equations.errors import Unreadable
from verify.equations.symbols import Symbols

# An index on the left of a definition: a name and what is added to it, as in
# w_{t+1}; or no name and a number, as in w_0.
Pattern = tuple[str | None, int]


@dataclass(frozen=True)
class Definition:
    """`key` with `indices`, or with `parameters`, stands for `body`."""

    key: str
    body: t.Node
    indices: tuple[Pattern, ...] = ()
    parameters: tuple[str, ...] = ()

    def match(self, element: tuple[int, ...]) -> dict[str, int] | None:
        """Return the indices for which this defines an element, if it does."""
        found: dict[str, int] = {}
        for (name, number), place in zip(self.indices, element, strict=True):
            if name is None and number != place:
                return None
            index = place - number
            if name is not None and found.setdefault(name, index) != index:
                return None
        return found


Definitions = Mapping[str, tuple[Definition, ...]]


def definition(statement: t.Statement, symbols: Symbols) -> Definition:
    """Return what a statement defines.

    Raises Unreadable where its left side is nothing that can be defined.
    """
    left, body = statement.left, statement.right
    match left:
        case t.Name(key) if symbols[key].is_number:
            return Definition(key, body)
        case t.Index(t.Name(key), indices):
            patterns = tuple(_pattern(index) for index in indices)
            return Definition(key, body, patterns)
        case t.Call(key, arguments, 0) if all(
            isinstance(argument, t.Bound) for argument in arguments
        ):
            names = tuple(argument.name for argument in arguments)
            return Definition(key, body, (), names)
    raise Unreadable(
        "a definition has a symbol, an element or f(u) on its left",
        left.span[0],
    )


def extended(known: Definitions, new: Definition) -> dict:
    """Return the definitions with a new one.

    One more element of a sequence (w_0, then w_{t+1}) is added; anything else
    replaces what its symbol stood for.
    """
    before = known.get(new.key, ())
    fixed = any(name is None for name, _ in new.indices)
    kept = tuple(
        each
        for each in before
        if each.indices
        and each.indices != new.indices
        and (fixed or any(name is None for name, _ in each.indices))
    )
    # Elements given by a number come first: they match before a pattern.
    clauses = (new, *kept) if fixed else (*kept, new)
    return {**known, new.key: clauses}


def depends(node: t.Node, key: str, definitions: Definitions) -> bool:
    """Whether a node's value can change with a symbol's, as defined."""
    return key in _reached(node, definitions, key)


def roots(node: t.Node, definitions: Definitions) -> set[str]:
    """Return the undefined symbols that a node's value hangs on."""
    return {
        key
        for key in _reached(node, definitions)
        if key not in definitions or _is_sequence(definitions[key])
    }


def bound(node: t.Node) -> set[str]:
    """Return the indices that sums and the like bind within a node."""
    return {
        each.index
        for each in t.walk(node)
        if isinstance(each, t.Big | t.Mean) and each.index
    }


def free(node: t.Node) -> set[str]:
    """Return the indices of a node that nothing within it binds."""
    if isinstance(node, t.Bound):
        return {node.name}
    inner: set[str] = set()
    for child in t.children(node):
        inner |= free(child)
    if isinstance(node, t.Big | t.Mean):
        outside = set()
        if isinstance(node, t.Big) and node.low is not None:
            outside = free(node.low) | free(node.high)
        return (free(node.body) - {node.index}) | outside
    return inner


def _pattern(index: t.Node) -> Pattern:
    match index:
        case t.Bound(name):
            return name, 0
        case t.Num(text):
            return None, int(text)
        case t.Add(t.Bound(name), t.Num(text)):
            return name, int(text)
        case t.Sub(t.Bound(name), t.Num(text)):
            return name, -int(text)
    raise Unreadable(
        "a definition has an index such as i, t+1 or 0 on its left",
        index.span[0],
    )


def _is_sequence(clauses: tuple[Definition, ...]) -> bool:
    return all(
        each.indices and any(shift for _, shift in each.indices)
        for each in clauses
    )


def _reached(
    node: t.Node, definitions: Definitions, stop: str | None = None
) -> set[str]:
    """Return the symbols that a node hangs on, `stop` not looked into."""
    seen: set[str] = set()
    todo = list(_keys(node))
    while todo:
        key = todo.pop()
        if key in seen:
            continue
        seen.add(key)
        if key != stop:
            for clause in definitions.get(key, ()):
                todo += _keys(clause.body)
    return seen


def _keys(node: t.Node) -> Iterator[str]:
    for each in t.walk(node):
        if isinstance(each, t.Name):
            yield each.key
        elif isinstance(each, t.Call):
            yield each.function
