"""Definitions: what elements of a symbol or values of a function are."""

from __future__ import annotations

from dataclasses import dataclass

from verify.equations.errors import EquationError
from verify.equations.formula import Node
from verify.equations.symbols import Symbols


@dataclass(frozen=True)
class Definition:
    """A name, and what it is equal to.

    Its indices are those of an element, as in z_i; its parameter is that of a
    function, as in f(u).
    """

    key: str
    body: Node
    indices: tuple[str, ...] = ()
    parameter: str = ""

    @property
    def loose(self) -> set[str]:
        """The indices on the right that are not on the left: a fixed class."""
        return self.body.free() - {*self.indices}


def definition(head: Node, symbols: Symbols) -> Definition:
    """Return what a relation says of its left side.

    Raises EquationError where it is no definition.
    """
    if head.op == "=":
        left, body, *_ = head.args
        match left:
            case Node("name", (key,)) if symbols[key].is_number:
                return Definition(key, body)
            case Node("call", (key, 0, Node("name", (name,)))):
                return Definition(key, body, parameter=name)
            case Node("at", (Node("name", (key,)), *places)):
                names = {each.args[0] for each in places if each.op == "index"}
                if len(names) == len(places) == len(symbols[key].shape):
                    indices = tuple(each.args[0] for each in places)
                    return Definition(key, body, indices)
    raise EquationError(
        "a definition has w, z_i or f(u) on its left, each index once, and =",
        (head.args[0] if head.is_relation else head).span[0],
    )
