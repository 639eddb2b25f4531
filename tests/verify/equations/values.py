"""What an expression is worth at a point: torch in float64, with autograd.

Shapes are strict. A scalar is not added to a vector, and vectors multiply
as matrices do.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from verify.equations import tree as t
from verify.equations.algebra import (
    add,
    apply,
    hadamard,
    multiply,
    power,
    scalar,
    shape_name,
    subtract,
)  # fmt: skip
from verify.equations.elements import Environment, OutOfRange
from verify.equations.errors import Meaningless, Misfit
from verify.equations.newton import optimum
from verify.equations.slopes import Slopes

Tensor = torch.Tensor


class Values(Slopes):
    """Values of expressions at one point, among definitions."""

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
                return self.bound(name, env)
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
        found = None
        for branch, condition in branches:
            if condition is None:
                applies = found is None
            else:
                applies = all(self.holds(each, env) for each in condition)
            if applies:
                self.reached.add(branch)
                value = self.value(branch, env)
                if found is not None and not torch.equal(value, found):
                    raise Meaningless("two of the cases apply at once")
                found = value
        if found is None:
            raise Meaningless("none of the cases applies")
        return found

    def _at(self, body, settings, env: Environment) -> Tensor:
        values = [self.value(value, env) for _, value in settings]
        with self.setting(settings, values, env) as inner:
            return self.value(body, inner)

    def _quotient(self, top, bottom, env: Environment) -> Tensor:
        below = self.value(bottom, env)
        if below.ndim:
            raise Misfit(f"a division by {shape_name(below)}", bottom.span[0])
        return self.value(top, env) / below

    def _scalar(self, node: t.Node, env: Environment, what: str) -> Tensor:
        value = self.value(node, env)
        if value.ndim:
            raise Misfit(f"{what} of {shape_name(value)}", node.span[0])
        return value


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
