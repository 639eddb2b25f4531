"""Definitions: what elements of a symbol or values of a function are."""

from __future__ import annotations

from dataclasses import dataclass

from verify.equations.errors import EquationError
from verify.equations.formula import Node
from verify.equations.symbols import Symbols

Env = dict[str, int]  # the indices of a place


@dataclass(frozen=True)
class Definition:
    """A name, where its definition holds, and what it is equal to there.

    `place` has a (name, shift) for each index on the left: `w_{t+1}` is
    ('t', 1), `w_0` is ('', 0). `parameters` are those of a function.
    """

    key: str
    place: tuple[tuple[str, int], ...]
    parameters: tuple[str, ...]
    body: Node

    @property
    def loose(self) -> set[str]:
        """The indices on the right that are not on the left: a fixed class."""
        return self.body.free() - {name for name, _ in self.place}

    @property
    def _elements(self) -> list[tuple[bool, int]]:
        # Which elements it is of: of z as of z_i all, and not w_0 of w_{t+1}.
        places = [(bool(name), shift) for name, shift in self.place]
        return [place for place in places if place != (True, 0)]

    def replaces(self, other: Definition) -> bool:
        """Whether it defines the same elements as another one."""
        return self._elements == other._elements

    def match(self, numbers: tuple[int, ...]) -> Env | None:
        """Return the indices for which it gives an element, if any."""
        env: Env = {"": 0}
        for (name, shift), number in zip(self.place, numbers, strict=True):
            index = number - shift
            if index < 0 or env.setdefault(name, index) != index:
                return None
        return {name: index for name, index in env.items() if name}


def definition(head: Node, symbols: Symbols) -> Definition:
    """Return what a relation defines: the side on its left.

    Raises EquationError where that can be no definition.
    """
    if head.op == "=":
        left, body, *_ = head.args
        name, *places = left.args if left.op == "at" else (left,)
        is_symbol = name.op == "name" and symbols[name.args[0]].is_number
        if is_symbol and len(places) in (0, len(symbols[name.args[0]].shape)):
            place = tuple(map(_place, places))
            return Definition(name.args[0], place, (), body)
        is_plain = all(each.op == "name" for each in left.nodes)
        if left.op == "call" and is_plain and not left.args[1]:
            parameters = tuple(each.args[0] for each in left.nodes)
            return Definition(left.args[0], (), parameters, body)
    raise EquationError(
        "a definition has a symbol, an element or f(u) on its left, and =",
        (head.args[0] if head.is_relation else head).span[0],
    )


def _place(index: Node) -> tuple[str, int]:
    match index:
        case Node("index", (name,)):
            return name, 0
        case Node("num", (text,)):
            return "", int(text)
        case Node("add", (Node("index", (name,)), Node("num", (text,)))):
            return name, int(text)
    raise EquationError(
        "a definition has an index such as i, t+1 or 0 on its left",
        index.span[0],
    )
