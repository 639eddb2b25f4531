r"""What a formula is worth at a point, by the definitions of a place.

A derivative expands the definitions of what it differentiates, but not of
what it differentiates by: that is replaced by a leaf with its value.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import torch

from verify.equations.definition import Definition
from verify.equations.errors import EquationError, Refuted
from verify.equations.formula import Node
from verify.equations.operations import (
    RELATIONS,
    Tensor,
    apply,
    as_leaf,
    gradient,
    is_column,
    scalar,
    shape,
    shown,
)
from verify.equations.point import Point, named

Env = dict[str, int]  # the indices of a place


class Values:
    """The values of formulas at a point.

    `outer` are the indices that hold throughout, as in "for each k";
    `reached` the cases that applied.
    """

    def __init__(
        self, point: Point, definitions: dict, outer: Env, known: dict
    ) -> None:
        self.point, self.definitions, self.outer = point, definitions, outer
        self.symbols = point.symbols
        self.fixed: dict[str, Tensor] = {}
        self.known: dict[str | tuple, Tensor] = known
        self.reached: set[Node] = set()

    def of(self, node: Node, env: Env | None = None) -> Tensor:
        """Return the value of a node; raise EquationError without one."""
        if env is None:  # asked for from without, and often twice
            asked = node, *self.outer.items()
            if asked not in self.known:
                self.known[asked] = self.of(node, self.outer)
            return self.known[asked]
        special = getattr(self, f"_{node.op}", None)
        try:
            if special:
                return special(node, env)
            return apply(node.op, *(self.of(each, env) for each in node.args))
        except EquationError as error:
            if error.position is None:
                error.position = node.span[0]
            raise
        except (RuntimeError, TypeError) as error:  # of torch
            said = f"this has no value: {str(error).splitlines()[0]}"
            raise Refuted(said, node.span[0]) from None

    def integer(self, node: Node, env: Env) -> int:
        """Return the value of an index, of a size or of a sum's bound."""
        if node.args[0] in env:
            return env[node.args[0]]
        value = self.of(node, env)
        if value.ndim or float(value) != int(value):
            raise EquationError("this index is no integer", node.span[0])
        return int(value)

    def holds(self, test: Node, env: Env | None = None) -> bool:
        """Whether a condition holds."""
        left, right = (self.of(side, env) for side in test.args)
        if test.op not in RELATIONS or left.ndim or right.ndim:
            raise Refuted("a condition compares numbers", test.span[0])
        return bool(RELATIONS[test.op](left, right))

    def where(self) -> str:
        """Return in words what was drawn here, and which sizes were used."""
        sizes = {k: n for k, n in self.point.sizes.items() if k in self.known}
        drawn = sorted(self.point.values.items())
        at = self.outer | sizes | {named(k): shown(v) for k, v in drawn}
        said = ", ".join(f"{name}={value}" for name, value in at.items())
        return f"counter-example: {said or 'as it stands'}"

    # ---- numbers and names

    def _num(self, node, env):
        return scalar(float(node.args[0]))

    def _name(self, node, env):
        (name,) = node.args
        return scalar(env[name]) if name in env else self.symbol(name)

    _index = _name

    def _at(self, node, env):
        whole = self.of(node.args[0], env)
        found = whole[self.place(node, whole, env)]
        return found.reshape(-1, 1) if found.ndim else found

    def place(self, node: Node, whole: Tensor, env: Env) -> tuple[int, ...]:
        """Return where an element, or a row of a matrix, stands in a value."""
        base, *indices = node.args
        if base.op == "name":
            who, ranges = named(base.args[0]), self.point.ranges(base.args[0])
        else:
            sizes = whole.shape[: 2 - is_column(whole)]
            who, ranges = "this", [range(1, size + 1) for size in sizes]
        if len(indices) > len(ranges):
            count = f"{len(ranges)} indices, not {len(indices)}"
            raise Refuted(f"{who} takes {count}")
        places = []
        for index, run in zip(indices, ranges, strict=False):
            number = self.integer(index, env)
            if number not in run:
                raise Refuted(
                    f"{who} has no element {number}: its indices run from "
                    f"{run.start} to {run.stop - 1}"
                )
            places.append(number - run.start)
        return (*places, 0) if len(ranges) == 1 else tuple(places)

    def _baseless(self, node, env):
        raise Refuted(
            f"{node.args[0]} has a subscript but no argument; did you mean "
            f"{node.args[0]}(...)?"
        )

    def _call(self, node, env):
        name, primes, argument = node.args
        if name not in self.definitions:
            raise EquationError(f"the function {name} has no definition")
        known, value = self.definitions[name], self.of(argument, env)
        for _ in range(primes):
            slope = known.body, Node("name", (known.parameter,))
            known = replace(known, body=Node("slope", slope))
        found = []
        for each in value.reshape(-1):
            with self.fixing({known.parameter: each}):
                found.append(self._defined(known, {}))
        return torch.stack(found).reshape(value.shape)

    # ---- sums and cases

    def _run(self, node: Node, env: Env) -> Iterator[Env]:
        """Yield the indices that a sum and the like runs over."""
        _, index, bounds, _ = node.args
        if bounds.op == "run":
            low, high = (self.integer(each, env) for each in bounds.args)
            run, tests = range(low, high + 1), ()
        else:
            run, tests = self.point.ranges(index)[0], bounds.args
        for number in run:
            inner = {**env, index: number}
            if all(self.holds(test, inner) for test in tests):
                yield inner

    def _over(self, node, env):
        body, _, _, name = node.args
        terms = [self.of(body, inner) for inner in self._run(node, env)]
        return apply(name, *terms or [scalar(name == "prod")])

    def _cases(self, node, env):
        for branch in node.args:
            value, *tests = branch.args
            if all(self.holds(test, env) for test in tests):
                self.reached.add(branch)
                return self.of(value, env)
        raise EquationError("none of the cases applies")

    def _indicator(self, node, env):
        return scalar(all(self.holds(test, env) for test in node.args))

    # ---- derivatives

    def _slope(self, node, env):
        body, by = node.args
        inner = [(each, env.get(each)) for each in sorted(body.base.free())]
        asked = body.base, by.base, *inner  # once, whichever element it is of
        if asked not in self.known:
            self.known[asked] = self._slopes(*asked[:2], env)
        slopes, top, leaf = self.known[asked]
        if body.op == "at":
            place = self.place(body, top, env)
            rows = torch.arange(len(slopes)).reshape(top.shape)[place]
            slopes, top = slopes[rows.reshape(-1)], self.of(body, env)
        if by.op == "at":
            place = self.place(by, leaf, env)
            return slopes[(slice(None), *place)].reshape(top.shape)
        if leaf.ndim and top.ndim:
            return slopes.reshape(len(slopes), -1)
        return slopes.reshape(top.shape if top.ndim else leaf.shape)

    def _slopes(self, body: Node, by: Node, env: Env) -> tuple[Tensor, ...]:
        """Return the slopes of each element, by a leaf, and both values."""
        leaf = as_leaf(self.of(by, env))
        with self.fixing({by.args[0]: leaf}):
            top = self.of(body, env)
        slopes = [gradient(each, leaf) for each in top.reshape(-1)]
        return torch.stack(slopes), top, leaf

    def _where(self, node, env):
        """Return what a formula is with symbols set to what stands there."""
        body, place, *by = node.args
        numbers = self.of(place, env).reshape(-1)
        known = [self.symbol(each.args[0]) for each in by]
        parts = numbers.split([each.numel() for each in known])
        shaped = zip(by, known, parts, strict=True)
        with self.fixing(
            {v.args[0]: p.reshape(k.shape) for v, k, p in shaped}
        ):
            return self.of(body, env)

    @contextmanager
    def fixing(self, values: dict[str, Tensor]) -> Iterator[None]:
        """Give symbols other values for a while, whatever defines them."""
        before = self.fixed, self.known
        self.fixed, self.known = {**self.fixed, **values}, {}
        try:
            yield
        finally:
            self.fixed, self.known = before

    # ---- symbols

    def symbol(self, key: str) -> Tensor:
        """Return a symbol's value: fixed, defined or drawn."""
        if key not in self.known:
            self.known[key] = self._symbol(key)
        return self.known[key]

    def _symbol(self, key: str) -> Tensor:
        if key in self.fixed:
            return self.fixed[key]
        if self.symbols[key].kind == "size":
            return scalar(self.point.size(key))
        if key not in self.definitions:
            return self.point.drawn(key)
        known, ranges = self.definitions[key], self.point.ranges(key)
        if not known.indices:
            value = self._defined(known, {})
            sizes = [*map(len, ranges), 1][:2] if ranges else []
            if list(value.shape) != sizes:
                raise Refuted(f"{named(key)} is defined as {shape(value)}, "
                              "and declared otherwise")  # fmt: skip
            return value
        places = (
            dict(zip(known.indices, numbers, strict=True))
            for numbers in itertools.product(*ranges)
        )
        cells = [self._defined(known, place) for place in places]
        if cells[0].ndim:
            raise Refuted(f"an element of {named(key)} is defined as "
                          f"{shape(cells[0])}")  # fmt: skip
        return torch.stack(cells).reshape(len(ranges[0]), -1)

    def _defined(self, known: Definition, env: Env) -> Tensor:
        """Return the value of a definition's right side; faults name it."""
        try:
            return self.of(known.body, self.outer | env)
        except EquationError as error:
            error.message += f", in the definition of {named(known.key)}"
            error.position = None
            raise
