"""What symbols and their elements are worth at a point."""

from __future__ import annotations

import itertools

import torch

from verify.equations import tree as t
from verify.equations.algebra import scalar, shape_name
from verify.equations.definitions import Definition, Definitions
from verify.equations.errors import Meaningless, Misfit, Undetermined
from verify.equations.points import Point

Tensor = torch.Tensor
Environment = dict[str, "int | Tensor"]


class OutOfRange(Meaningless):
    """An element that a vector, or a `sequence` from 0 on, does not have."""

    def __init__(self, message: str, sequence: bool = False) -> None:
        super().__init__(message)
        self.sequence = sequence


class Elements:
    """Symbols at one point: drawn, fixed, or expanded by their definitions.

    `touched` remembers the undefined ones that a value hung on, `reached` the
    branches of cases, and `_fixed` holds what replaces a symbol for a while:
    the leaf that something is differentiated by, or what a bar sets it to.
    """

    def __init__(self, point: Point, definitions: Definitions) -> None:
        self.point = point
        self.symbols = point.symbols
        self.definitions = definitions
        self.touched: dict[tuple[str, tuple[int, ...]], Tensor] = {}
        self.reached: set[t.Node] = set()
        self._fixed: dict[str, tuple[int, Tensor]] = {}
        self._memo: dict = {}
        self._open: set = set()
        self._serial = itertools.count()

    def value(self, node: t.Node, env: Environment) -> Tensor:
        """Return the value of an expression; see values.py."""
        raise NotImplementedError

    def integer(self, node: t.Node, env: Environment) -> int:
        """Return the value of an index or of a bound of a sum."""
        match node:
            case t.Num(text) if text.isdigit():
                return int(text)
            case t.Bound(name) if isinstance(env.get(name), int):
                return env[name]
            case t.Bound(name) if name not in env:
                raise Meaningless(
                    f"the index {name} is free here: no sum binds it, and it "
                    "is not declared",
                    node.span[0],
                )
            case t.Name(key) if self.symbols[key].kind == "size":
                return self.point.size(key)
            case t.Add(left, right):
                return self.integer(left, env) + self.integer(right, env)
            case t.Sub(left, right):
                return self.integer(left, env) - self.integer(right, env)
            case t.Mul(left, right):
                return self.integer(left, env) * self.integer(right, env)
            case t.Neg(body):
                return -self.integer(body, env)
        raise Meaningless("this index is no integer", node.span[0])

    def symbol(self, key: str) -> Tensor:
        """Return the whole value of a symbol."""
        if key in self._fixed:
            return self._fixed[key][1]
        symbol = self.symbols[key]
        if symbol.kind == "size":
            return scalar(float(self.point.size(key)))
        if key not in self.definitions:
            return self._root(key, ())
        whole = self._expanded(key)
        if whole is not None:
            return whole
        ranges = self.point.ranges(symbol)
        cells = [self.element(key, p) for p in itertools.product(*ranges)]
        shape = [len(r) for r in ranges]
        return torch.stack(cells).reshape(shape if shape[1:] else (-1, 1))

    def element(self, key: str, indices: tuple[int, ...]) -> Tensor:
        """Return one element of a symbol."""
        place = self.place(key, indices)
        if key in self._fixed:
            return self._fixed[key][1][place]
        for clause in self.definitions.get(key, ()):
            if not clause.indices:
                return self.symbol(key)[place]
            env = clause.match(indices)
            if env is not None and self._within(env):
                return self._defined(clause, env)
        return self._root(key, indices)[place]

    def _root(self, key: str, indices: tuple[int, ...]) -> Tensor:
        value = self.point.draw(key)
        if value is None:
            raise Undetermined(f"{key.removesuffix('_')} has no fixed value")
        shown = value[self.place(key, indices)] if indices else value
        self.touched[key, indices] = shown
        return value

    def _expanded(self, key: str) -> Tensor | None:
        clauses = self.definitions[key]
        if clauses[-1].parameters:
            raise Meaningless(f"{key} is a function: it needs (…)")
        if clauses[-1].indices:
            return None
        value = self._defined(clauses[-1], {})
        shape = [len(r) for r in self.point.ranges(self.symbols[key])]
        declared = tuple(shape if len(shape) != 1 else (*shape, 1))
        if tuple(value.shape) != declared:
            raise Misfit(
                f"{key} is declared {shape_name(declared)}, but defined as "
                f"{shape_name(value)}"
            )
        return value

    def _defined(self, clause: Definition, env: Environment) -> Tensor:
        state = frozenset((k, n) for k, (n, _) in self._fixed.items())
        memo = (clause, tuple(env.items()), state)
        if memo not in self._memo:
            if memo in self._open:
                raise Meaningless(f"{clause.key} is defined by itself")
            self._open.add(memo)
            try:
                self._memo[memo] = self.value(clause.body, env)
            finally:
                self._open.remove(memo)
        value = self._memo[memo]
        if clause.indices and value.ndim:
            raise Misfit(
                f"an element of {clause.key} is defined as {shape_name(value)}"
            )
        return value

    def _within(self, env: dict[str, int]) -> bool:
        """Whether the indices of a definition lie in their ranges."""
        for name, number in env.items():
            symbol = self.symbols.get(name)
            if symbol is not None and symbol.kind == "index":
                if number not in self.point.ranges(symbol)[0]:
                    return False
            elif number < 0:
                return False
        return True

    def place(self, key: str, indices: tuple[int, ...]) -> tuple[int, ...]:
        """Return where an element stands in its tensor."""
        symbol = self.symbols[key]
        ranges = self.point.ranges(symbol)
        name = key.removesuffix("_")
        if len(ranges) != len(indices):
            raise Meaningless(f"{name} takes {len(ranges)} indices")
        for index, within in zip(indices, ranges, strict=True):
            if index not in within:
                raise OutOfRange(
                    f"{name} has no element {index}: its indices run from "
                    f"{within.start} to {within.stop - 1}",
                    sequence=within.start == 0,
                )
        place = [i - r.start for i, r in zip(indices, ranges, strict=True)]
        return tuple(place) if place[1:] else (place[0], 0)
