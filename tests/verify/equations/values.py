r"""What an expression is worth at a point: torch in float64, with autograd.

`\partial A / \partial v` expands the definitions in A but not v,
differentiates, and expands v then: v is replaced by a leaf that holds v's
value, and torch.autograd does the rest.

Shapes are strict. A scalar is not added to a vector, and vectors multiply
as matrices do.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch

from verify.equations import tree as t
from verify.equations.algebra import (
    add, apply, as_leaf, gradient, hadamard, multiply, power, scalar,
    shape_name, subtract,
)  # fmt: skip
from verify.equations.definitions import Definitions
from verify.equations.errors import Meaningless, Misfit, Undetermined
from verify.equations.newton import optimum
from verify.equations.points import Point

Tensor = torch.Tensor
Environment = dict[str, "int | Tensor"]


class Values:
    """Values of expressions at one point, among definitions."""

    def __init__(self, point: Point, definitions: Definitions) -> None:
        self.point = point
        self.symbols = point.symbols
        self.definitions = definitions
        self.touched: dict[tuple[str, tuple[int, ...]], Tensor] = {}
        self._fixed: dict[str, tuple[int, Tensor]] = {}
        self._memo: dict = {}
        self._open: set = set()
        self._serial = itertools.count()

    # ---- expressions --------------------------------------------------------

    def value(self, node: t.Node, env: Environment) -> Tensor:
        """Return the value of an expression; raise Meaningless without one."""
        match node:
            case t.Num(text):
                return scalar(number(text))
            case t.Constant(name):
                return scalar(math.pi if name == "pi" else math.e)
            case t.Name(key):
                return self.symbol(key)
            case t.Bound(name):
                return self._bound(name, env)
            case t.Index(base, indices):
                return self._element(base, indices, env)
            case t.Neg(body):
                return -self.value(body, env)
            case t.Add(left, right):
                return add(self.value(left, env), self.value(right, env))
            case t.Sub(left, right):
                return subtract(self.value(left, env), self.value(right, env))
            case t.Mul(left, right):
                return multiply(self.value(left, env), self.value(right, env))
            case t.Hadamard(left, right):
                return hadamard(self.value(left, env), self.value(right, env))
            case t.Div(top, bottom):
                return self._quotient(top, bottom, env)
            case t.Pow(base, exponent):
                return power(self.value(base, env), self.value(exponent, env))
            case t.Transpose(base):
                below = self.value(base, env)
                return below.T if below.ndim else below
            case t.Abs(body):
                return self._scalar(body, env, "an absolute value").abs()
            case t.Sqrt(body, None):
                return self._scalar(body, env, "a root").sqrt()
            case t.Sqrt(body, degree):
                root = self._scalar(body, env, "a root")
                return root ** (1 / self.value(degree, env))
            case t.Apply(function, arguments):
                return apply(
                    function, [self.value(each, env) for each in arguments]
                )
            case _:
                return self._compound(node, env)

    def _compound(self, node: t.Node, env: Environment) -> Tensor:
        """Return the value of sums, derivatives, matrices and the like."""
        match node:
            case t.Norm(body, order):
                inner = self.value(body, env)
                degree = math.inf if order == "inf" else float(order)
                if inner.ndim == 2 and 1 not in inner.shape and degree != 2:
                    raise Meaningless("only the Frobenius norm of a matrix")
                return torch.linalg.vector_norm(inner, degree)
            case t.Call(function, arguments, primes):
                return self._call(function, arguments, primes, env)
            case t.Big():
                return self._big(node, env)
            case t.Mean(index, body):
                return self._mean(index, body, env)
            case t.Derivative(body, variables):
                return self.derivative(body, variables, env)
            case t.Gradient(body, variables, order):
                return self._gradient(body, variables, order, env)
            case t.Matrix(rows):
                cells = [
                    [self._scalar(cell, env, "an entry") for cell in row]
                    for row in rows
                ]
                return torch.stack([torch.stack(row) for row in cells])
            case t.Tuple(items):
                parts = [self.value(item, env).reshape(-1) for item in items]
                return torch.cat(parts).reshape(-1, 1)
            case t.Cases(branches):
                return self._cases(branches, env)
            case t.At(body, settings):
                return self._at(body, settings, env)
            case t.Optimum(operator, variables, body, argument):
                place, best = optimum(self, operator, variables, body, env)
                return place if argument else best
        raise Meaningless(f"{type(node).__name__} has no value")

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

    def holds(self, statement: t.Statement, env: Environment) -> bool:
        """Whether a condition holds, as in a case or a set."""
        left = self.value(statement.left, env)
        right = self.value(statement.right, env)
        compare: Callable = {
            "=": torch.eq, "!=": torch.ne, "<": torch.lt, "<=": torch.le,
            ">": torch.gt, ">=": torch.ge,
        }.get(statement.relation)  # fmt: skip
        if compare is None or left.ndim or right.ndim:
            raise Misfit("this is no condition", statement.span[0])
        return bool(compare(left, right))

    # ---- symbols ---------------------------------------------------------------

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
        place = self._place(key, indices)
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
        shown = value[self._place(key, indices)] if indices else value
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

    def _defined(self, clause, env: Environment) -> Tensor:
        state = frozenset((k, n) for k, (n, _) in self._fixed.items())
        memo = (clause, tuple(env.items()), state)
        if memo not in self._memo:
            if memo in self._open:
                raise Meaningless(f"{clause.key} is defined by itself")
            self._open.add(memo)
            self._memo[memo] = self.value(clause.body, env)
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

    def _place(self, key: str, indices: tuple[int, ...]) -> tuple[int, ...]:
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

    def _element(self, base, indices, env: Environment) -> Tensor:
        numbers = tuple(self.integer(index, env) for index in indices)
        if isinstance(base, t.Name):
            return self.element(base.key, numbers)
        whole = self.value(base, env)
        if not whole.ndim:
            raise Misfit("a number has no elements")
        place = [number - 1 for number in numbers]
        place = [*place, 0] if len(place) == 1 else place
        if whole.ndim != len(place) or not all(
            0 <= p < size for p, size in zip(place, whole.shape, strict=True)
        ):
            raise OutOfRange(f"{shape_name(whole)} has no element {numbers}")
        return whole[tuple(place)]

    def _bound(self, name: str, env: Environment) -> Tensor:
        if name not in env:
            raise Meaningless(
                f"the index {name} is free here: no sum binds it"
            )
        value = env[name]
        return scalar(float(value)) if isinstance(value, int) else value

    # ---- functions, sums, cases ---------------------------------------------------

    def _call(self, function, arguments, primes, env: Environment) -> Tensor:
        clauses = self.definitions.get(function)
        if not clauses:
            raise Meaningless(f"the function {function} has no definition")
        clause = clauses[-1]
        if len(clause.parameters) != len(arguments):
            raise Meaningless(
                f"{function} takes {len(clause.parameters)} arguments"
            )
        values = [self.value(each, env) for each in arguments]

        def once(*inputs: Tensor) -> Tensor:
            inner = dict(zip(clause.parameters, inputs, strict=True))
            if not primes:
                return self.value(clause.body, inner)
            (name,) = clause.parameters
            variables = (t.Bound(name),) * primes
            return self.derivative(clause.body, variables, inner)

        if primes and len(values) != 1:
            raise Meaningless("a prime needs a function of one argument")
        if not any(value.ndim for value in values):
            return once(*values)
        if len(values) == 1:
            (vector,) = values
            if not primes:
                try:
                    return once(vector)
                except Misfit:
                    pass
            # A function of a number, of a vector: element by element.
            cells = [once(cell) for cell in vector.reshape(-1)]
            return torch.stack(cells).reshape(vector.shape)
        return once(*values)

    def _big(self, node: t.Big, env: Environment) -> Tensor:
        numbers = self._run(node, env)
        values = [
            self.value(node.body, {**env, node.index: number})
            for number in numbers
        ]
        if node.operator == "sum":
            total = values[0] if values else scalar(0.0)
            for value in values[1:]:
                total = add(total, value)
            return total
        if node.operator == "prod":
            total = scalar(1.0)
            for value in values:
                total = multiply(total, value)
            return total
        line = torch.stack(values)
        if node.operator in ("max", "min"):
            return getattr(line, node.operator)()
        best = getattr(line, node.operator)()  # argmax, argmin
        return scalar(float(numbers[int(best)]))

    def _run(self, node: t.Big | t.Mean, env: Environment) -> range:
        if getattr(node, "low", None) is not None:
            low = self.integer(node.low, env)
            return range(low, self.integer(node.high, env) + 1)
        return self.point.ranges(self.symbols[node.index])[0]

    def _mean(self, index, body, env: Environment) -> Tensor:
        if index is None:
            shapes = {
                self.symbols[each.key].shape
                for each in t.walk(body)
                if isinstance(each, t.Name) and self.symbols[each.key].shape
            }
            if len(shapes) != 1 or len(shapes := next(iter(shapes))) != 1:
                raise Meaningless(
                    r"over what this expectation runs is not clear: write "
                    r"\mathbb{E}_i"
                )
            index, body = "sample", elementwise(body, self.symbols, "sample")
            (bounds,) = shapes
            numbers = range(
                self.point.size(bounds[0]), self.point.size(bounds[1]) + 1
            )
        else:
            numbers = self.point.ranges(self.symbols[index])[0]
        values = [self.value(body, {**env, index: n}) for n in numbers]
        return torch.stack(values).mean(0)

    def _cases(self, branches, env: Environment) -> Tensor:
        for value, condition in branches:
            if condition is None or all(
                self.holds(each, env) for each in condition
            ):
                return self.value(value, env)
        raise Meaningless("none of the cases applies")

    def _at(self, body, settings, env: Environment) -> Tensor:
        values = [self.value(value, env) for _, value in settings]
        with self.setting(settings, values, env) as inner:
            return self.value(body, inner)

    @contextmanager
    def setting(self, settings, values, env) -> Iterator[Environment]:
        inner, before = dict(env), dict(self._fixed)
        try:
            for (name, _), value in zip(settings, values, strict=True):
                if isinstance(name, t.Bound):
                    inner[name.name] = value
                    continue
                key = name.base.key if isinstance(name, t.Index) else name.key
                whole = value
                if isinstance(name, t.Index):
                    numbers = [self.integer(n, env) for n in name.indices]
                    whole = self.symbol(key).clone()
                    whole[self._place(key, tuple(numbers))] = value
                self._fixed[key] = (next(self._serial), whole)
            yield inner
        finally:
            self._fixed = before

    # ---- derivatives ---------------------------------------------------------------

    def derivative(self, body, variables, env: Environment) -> Tensor:
        """Return a partial derivative, of any order."""
        *inner, variable = variables
        below = t.Derivative(body, tuple(inner)) if inner else body
        with self.leaf(variable, env) as (leaf, env):
            top = self.value(below, env)
        if not top.ndim:
            slope = gradient(top, leaf)
        else:
            slopes = [gradient(each, leaf) for each in top.reshape(-1)]
            if not isinstance(variable, t.Index) and leaf.ndim:
                if 1 not in top.shape or 1 not in leaf.shape:
                    raise Meaningless("a matrix differentiated by an array")
                return torch.stack([each.reshape(-1) for each in slopes])
            slope = torch.stack(slopes)
        if isinstance(variable, t.Index):
            numbers = tuple(self.integer(n, env) for n in variable.indices)
            slope = slope[(..., *self._place(variable.base.key, numbers))]
        return slope.reshape(top.shape) if top.ndim else slope

    @contextmanager
    def leaf(
        self, variable: t.Node, env: Environment
    ) -> Iterator[tuple[Tensor, Environment]]:
        """Replace a symbol by a leaf of its value, to differentiate by it."""
        if isinstance(variable, t.Bound):
            value = self._bound(variable.name, env)
            leaf = as_leaf(value)
            yield leaf, {**env, variable.name: leaf}
            return
        name = variable.base if isinstance(variable, t.Index) else variable
        if not isinstance(name, t.Name) or not (
            self.symbols[name.key].is_number
        ):
            raise Meaningless("only a symbol can be differentiated by")
        leaf = as_leaf(self.symbol(name.key))
        before = dict(self._fixed)
        self._fixed[name.key] = (next(self._serial), leaf)
        try:
            yield leaf, env
        finally:
            self._fixed = before

    def _gradient(self, body, variables, order, env: Environment) -> Tensor:
        def flat(inner: t.Node, env: Environment) -> Tensor:
            parts = [self.derivative(inner, (v,), env) for v in variables]
            if len(parts) == 1:
                return parts[0]
            return torch.cat([part.reshape(-1) for part in parts])

        if order == 1:
            slope = flat(body, env)
            return slope if len(variables) == 1 else slope.reshape(-1, 1)
        columns = []
        for variable in variables:
            with self.leaf(variable, env) as (leaf, inner):
                slopes = flat(body, inner).reshape(-1)
            columns += [gradient(each, leaf).reshape(-1) for each in slopes]
        size = len(slopes)
        if len(variables) == 1:
            return torch.stack(columns)
        if any(column.numel() != 1 for column in columns):
            raise Meaningless("write a Hessian for one vector or for numbers")
        return torch.cat(columns).reshape(-1, size)

    # ---- helpers --------------------------------------------------------------------

    def _quotient(self, top, bottom, env: Environment) -> Tensor:
        below = self.value(bottom, env)
        if below.ndim:
            raise Misfit(
                f"a division by {shape_name(below)}", bottom.span[0]
            )
        return self.value(top, env) / below

    def _scalar(self, node: t.Node, env: Environment, what: str) -> Tensor:
        value = self.value(node, env)
        if value.ndim:
            raise Misfit(f"{what} of {shape_name(value)}", node.span[0])
        return value


class OutOfRange(Meaningless):
    """An element that a vector, or a `sequence` from 0 on, does not have."""

    def __init__(self, message: str, sequence: bool = False) -> None:
        super().__init__(message)
        self.sequence = sequence


def number(text: str) -> float:
    """Return the number that digits show; '45.6%' is 0.456."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def elementwise(node: t.Node, symbols, index: str) -> t.Node:
    """Return a copy in which a vector stands for its element at an index."""

    def change(each: t.Node) -> t.Node | None:
        if isinstance(each, t.Index):
            return each
        if isinstance(each, t.Name) and len(symbols[each.key].shape) == 1:
            return t.Index(each, (t.Bound(index),), span=each.span)
        return None

    return t.rebuild(node, change)
