"""Trying a relation at points, and saying where it fails."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import torch

from verify.equations import tree as t
from verify.equations.algebra import shape_name
from verify.equations.definitions import free
from verify.equations.elements import OutOfRange
from verify.equations.errors import False_, Meaningless, Misfit
from verify.equations.points import Point
from verify.equations.printer import latex
from verify.equations.scope import Scope, assignments, indices
from verify.equations.symbols import Symbol
from verify.equations.values import Values, elementwise

TOLERANCE = 1e-9

Tensor = torch.Tensor
Test = Callable[[Values, Tensor, Tensor, dict], bool]


def at_points(
    statement: t.Statement, scope: Scope, tried: list[Point], test: Test
) -> str:
    """Check a relation at points, for all values of its free indices.

    An equation between vectors that has no meaning as such is read sample by
    sample: `z = w x + b` is `z_i = w x_i + b` for every i.
    """
    try:
        return _at_points(statement, scope, tried, test)
    except Misfit as error:
        read = _pointwise(statement, scope)
        if read is None:
            raise
        try:
            return _at_points(*read, tried, test, original=statement)
        except Misfit:
            raise error from None


def counterexample(
    values: Values, env: dict, left: Tensor, right: Tensor
) -> str:
    """Return in words where two sides differ, and what they are."""
    sides = f"left={shown(left)}, right={shown(right)}"
    return f"{place(values, env)} gives {sides}"


def place(values: Values, env: dict) -> str:
    """Return in words at which sizes, indices and values something failed."""
    sizes = {
        key: size
        for key, size in values.point.sizes.items()
        if any(
            key in f"{low} {high}"
            for name, _ in values.touched
            for low, high in values.symbols[name].shape
        )
    }
    settings = [f"{k}={v}" for k, v in {**sizes, **env}.items()]
    at = f" ({', '.join(settings)})" if settings else ""
    touched = [
        _named(key, place, value)
        for (key, place), value in sorted(
            values.touched.items(), key=lambda item: item[0]
        )
        if place or not any(k == key and p for k, p in values.touched)
    ]
    given = f": {', '.join(touched)}" if touched else ""
    return f"counter-example{at}{given}"


def close(left: Tensor, right: Tensor) -> bool:
    """Whether two values are equal but for rounding."""
    left, right = left.detach(), right.detach()
    scale = max(1.0, float(left.abs().max()), float(right.abs().max()))
    return float((left - right).abs().max()) <= TOLERANCE * scale


def _at_points(
    statement: t.Statement,
    scope: Scope,
    tried: list[Point],
    test: Test,
    original: t.Statement | None = None,
) -> str:
    names = indices(statement, scope)
    done, used, reached = 0, set(), set()
    for point in tried:
        for env in assignments(names, point, scope.symbols):
            values = Values(point, scope.definitions)
            try:
                left = values.value(statement.left, env)
                right = values.value(statement.right, env)
            except OutOfRange as error:
                if error.sequence:
                    continue  # w_{t+1} at the last t
                raise
            if left.shape != right.shape:
                raise Misfit(
                    f"the left side is {shape_name(left)}, the right side "
                    f"{shape_name(right)}",
                    statement.right.span[0],
                )
            if not (left.isfinite().all() and right.isfinite().all()):
                continue
            done += 1
            reached |= values.reached
            used |= {
                f"{key} = {size}"
                for key, size in point.sizes.items()
                if point.given is None and _counts(key, values, statement)
            }
            if not test(values, left, right, env):
                step = latex_step(original or statement)
                raise False_(
                    f"this step does not hold: … {step}",
                    counterexample(values, env, left, right),
                    statement.right.span[0],
                )
    if not done:
        raise Meaningless(
            "this has no value at any of the points that were tried: are the "
            "kinds of its symbols right?",
            statement.right.span[0],
        )
    _demand_branches(statement, reached)
    if tried[0].given is not None:
        return "checked on the data"
    sizes = f", {', '.join(sorted(used))}" if used else ""
    return f"checked at {done} points{sizes}"


def _demand_branches(statement: t.Statement, reached: set[t.Node]) -> None:
    """Refuse a case that no point met: it would be unchecked."""
    for node in t.walk(statement):
        for value, _ in node.branches if isinstance(node, t.Cases) else ():
            if value not in reached:
                raise Meaningless(
                    f"none of the points tried falls under the case "
                    f"{latex(value)}",
                    value.span[0],
                )


def latex_step(statement: t.Statement) -> str:
    """Return a relation and its right side, as messages show them."""
    whole = latex(t.Chain(statement.left, (statement,)))
    return whole[len(latex(statement.left)) + 1 :]


def _counts(key: str, values: Values, statement: t.Statement) -> bool:
    """Whether a size matters to a statement."""
    return any(
        key in f"{low} {high}"
        for name, _ in values.touched
        for low, high in values.symbols[name].shape
    ) or any(
        isinstance(each, t.Name) and each.key == key
        for each in t.walk(statement)
    )


def _pointwise(
    statement: t.Statement, scope: Scope
) -> tuple[t.Statement, Scope] | None:
    """Return a statement about vectors, read sample by sample."""
    symbols = scope.symbols
    shapes = {
        symbols[each.key].shape
        for each in t.walk(statement)
        if isinstance(each, t.Name) and symbols[each.key].shape
    }
    whole = (t.Transpose, t.Norm, t.Matrix, t.Mean, t.Hadamard)
    if (
        free(statement)
        or len(shapes) != 1
        or len(shape := next(iter(shapes))) != 1
        or any(isinstance(each, whole) for each in t.walk(statement))
    ):
        return None
    index = "sample"
    declared = symbols.plus([Symbol(index, "index", shape)])
    read = elementwise(statement, symbols, index)
    return read, replace(scope, symbols=declared)


def _named(key: str, place: tuple[int, ...], value: Tensor) -> str:
    name = key.removesuffix("_")
    if place:
        script = ",".join(map(str, place))
        name += f"_{script}" if len(script) == 1 else f"_{{{script}}}"
    return f"{name}={shown(value)}"


def shown(value: Tensor) -> str:
    """Return how messages write a value."""
    if not value.ndim:
        number = float(value.detach())
        return "nan" if math.isnan(number) else f"{number:.6g}"
    inner = ", ".join(
        f"{float(n):.6g}" for n in value.detach().reshape(-1)[:12]
    )
    return f"({inner})"
