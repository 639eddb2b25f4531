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

from verify.equations.definition import Definition, Env
from verify.equations.errors import EquationError, OutOfRange, Refuted
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


class Values:
    """The values of formulas at a point.

    `outer` are the indices that hold throughout, as in "for each k";
    `reached` the cases that applied.
    """

    def __init__(self, point: Point, definitions: dict, outer: Env) -> None:
        self.point, self.definitions, self.outer = point, definitions, outer
        self.symbols = point.symbols
        self.fixed: dict[str, Tensor] = {}
        self.known: dict[str | tuple, Tensor] = {}
        self.reached: set[Node] = set()
        self.is_lowest = False  # where an inequality holds the least

    def of(self, node: Node, env: Env | None = None) -> Tensor:
        """Return the value of a node; raise EquationError without one."""
        env = self.outer if env is None else env
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
        """Return in words what was drawn here."""
        drawn = sorted(self.point.values.items())
        at = self.outer | {named(key): shown(value) for key, value in drawn}
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
        base, *indices = node.args
        numbers = tuple(self.integer(each, env) for each in indices)
        if base.op == "name":
            return self.element(base.args[0], numbers)
        whole = self.of(base, env)
        if not whole.ndim or len(numbers) != 2 - is_column(whole):
            raise Refuted(f"{shape(whole)} with {len(numbers)} indices")
        row, column = (*numbers, 1)[:2]
        if not (0 < row <= len(whole) and 0 < column <= whole.shape[1]):
            raise OutOfRange(f"there is no element {numbers} here")
        return whole[row - 1, column - 1]

    def _baseless(self, node, env):
        raise Refuted(
            f"{node.args[0]} has a subscript but no argument; did you mean "
            f"{node.args[0]}(...)?"
        )

    def _call(self, node, env):
        name, primes, *arguments = node.args
        if name not in self.definitions:
            raise EquationError(f"the function {name} has no definition")
        known = self.definitions[name][-1]
        parameters = known.parameters
        if len(parameters) != len(arguments):
            raise EquationError(f"{name} takes {len(parameters)} arguments")
        for _ in range(primes):
            slope = known.body, Node("name", (parameters[0],))
            known = replace(known, body=Node("slope", slope))
        values = torch.broadcast_tensors(
            *(self.of(each, env) for each in arguments)
        )
        found = []
        for chosen in zip(*(v.reshape(-1) for v in values), strict=True):
            with self.fixing(dict(zip(parameters, chosen, strict=True))):
                found.append(self._defined(known, {}))
        return torch.stack(found).reshape(values[0].shape)

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
        body, index, _, name = node.args
        runs = list(self._run(node, env))
        terms = [self.of(body, inner) for inner in runs]
        found = apply(name, *terms or [scalar(name == "prod")])
        is_place = name in ("argmax", "argmin")
        return scalar(runs[int(found)][index]) if is_place else found

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
        body, variable = node.args
        key = variable.base.args[0]
        leaf = as_leaf(self.symbol(key))
        with self.fixing({key: leaf}):
            top = self.of(body, env)
        slopes = torch.stack([gradient(n, leaf) for n in top.reshape(-1)])
        if variable.op == "at":
            indices = variable.args[1:]
            numbers = tuple(self.integer(each, env) for each in indices)
            place = self.point.place(key, numbers)
            return slopes[(..., *place)].reshape(top.shape)
        if leaf.ndim and top.ndim:
            return slopes.reshape(len(slopes), -1)
        return slopes.reshape(top.shape if top.ndim else leaf.shape)

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
        known, ranges = self.definitions.get(key), self.point.ranges(key)
        if not known:
            return self.point.drawn(key)
        if known[-1].place:
            every = itertools.product(*ranges)
            cells = [self.element(key, numbers) for numbers in every]
            return torch.stack(cells).reshape(len(ranges[0]), -1)
        value = self._defined(known[-1], {})
        sizes = [*map(len, ranges), 1, 1][:2] if ranges else []
        if list(value.shape) != sizes:
            raise Refuted(f"{named(key)} is defined as {shape(value)}, and "
                          "declared otherwise")  # fmt: skip
        return value

    def element(self, key: str, numbers: tuple[int, ...]) -> Tensor:
        """Return one element of a symbol, or a row of a matrix as a vector."""
        ranges = self.point.ranges(key)
        if len(ranges) == 2 and len(numbers) == 1:
            row = [self.element(key, (*numbers, n)) for n in ranges[1]]
            return torch.stack(row).reshape(-1, 1)
        if (key, numbers) not in self.known:
            self.known[key, numbers] = self._element(key, numbers)
        return self.known[key, numbers]

    def _element(self, key: str, numbers: tuple[int, ...]) -> Tensor:
        place = self.point.place(key, numbers)
        known = self.definitions.get(key, ())
        if key in self.fixed or (known and not known[-1].place):
            return self.symbol(key)[place]
        for each in known:
            env = each.match(numbers)
            if env is not None:
                value = self._defined(each, env)
                if value.ndim:
                    raise Refuted(f"an element of {named(key)} is defined as "
                                  f"{shape(value)}")  # fmt: skip
                return value
        return self.point.drawn(key)[place]

    def _defined(self, known: Definition, env: Env) -> Tensor:
        """Return the value of a definition's right side; faults name it."""
        try:
            return self.of(known.body, self.outer | env)
        except EquationError as error:
            error.message += f", in the definition of {named(known.key)}"
            error.position = None
            raise
