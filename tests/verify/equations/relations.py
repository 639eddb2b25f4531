r"""Whether one relation holds: at random points, or on Hubble's data.

An equation or inequality is claimed for all values of its symbols. Where one
side is a number it may instead be about the data: then it is enough that it
holds there, with `\approx` at the digits shown.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import torch

from verify.equations import tree as t
from verify.equations.algebra import shape_name
from verify.equations.definitions import depends
from verify.equations.errors import False_, Meaningless, Undetermined
from verify.equations.extrema import check_argument
from verify.equations.points import data_point, points
from verify.equations.printer import latex
from verify.equations.rounding import half_unit, rounding
from verify.equations.scope import Scope
from verify.equations.sets import check_membership, check_range
from verify.equations.trials import TOLERANCE, Test, at_points, close
from verify.equations.updates import check_update
from verify.equations.values import Values

# Inequalities are easier to hold by chance, so they are tried more often.
SEEDS = {"=": range(6), "!=": range(6)}
MORE_SEEDS = range(24)

Tensor = torch.Tensor


def check(statement: t.Statement, scope: Scope) -> str:
    """Return in words how a relation was found to hold.

    Raises False_ with a counter-example, or another EquationError.
    """
    special = {
        "in": check_membership, "range": check_range, "<-": check_update,
    }  # fmt: skip
    if statement.relation in special:
        return special[statement.relation](statement, scope)
    _check_derivatives(statement, scope)
    for side, other in _sides(statement):
        if isinstance(side, t.Optimum) and side.argument:
            return check_argument(side, other, scope)
    if statement.relation == "~":
        return _check_rounded(statement, scope)
    return _check_exact(statement, scope)


def is_constant(node: t.Node) -> bool:
    """Whether a side is made of numbers only."""
    symbols = (t.Name, t.Bound, t.Call)
    return not any(isinstance(each, symbols) for each in t.walk(node))


def _check_exact(statement: t.Statement, scope: Scope) -> str:
    relation = statement.relation
    seeds = SEEDS.get(relation, MORE_SEEDS)
    constant = [is_constant(side) for side, _ in _sides(statement)]
    if all(constant):
        seeds = range(1)
    if any(constant) and not all(constant) and relation not in SEEDS:
        # L > 1000: large and small are a matter of the data.
        with contextlib.suppress(Undetermined):
            return _on_data(statement, scope, TESTS[relation])
    try:
        return at_points(
            statement, scope, points(scope.symbols, seeds), TESTS[relation]
        )
    except False_ as error:
        if any(constant) and not all(constant):
            try:
                return _on_data(statement, scope, TESTS[relation])
            except Meaningless:
                pass
        raise error from None


def _check_rounded(statement: t.Statement, scope: Scope) -> str:
    units = [half_unit(side) for side, _ in _sides(statement)]

    def test(values: Values, left: Tensor, right: Tensor, env: dict) -> bool:
        if left.ndim or right.ndim:
            raise Meaningless(f"{shape_name(left)} cannot be rounded")
        allowed = sum(unit for unit in units if unit is not None)
        for (side, _), unit in zip(_sides(statement), units, strict=True):
            if unit is None:
                allowed += rounding(side, values, env)
        if not allowed:
            raise Meaningless(
                r"\approx needs a rounded number on one side",
                statement.right.span[0],
            )
        return abs(float(left - right)) <= allowed * (1 + 1e-9) + TOLERANCE

    return _on_data(statement, scope, test)


def _on_data(statement: t.Statement, scope: Scope, test: Test) -> str:
    try:
        how = at_points(statement, scope, [data_point(scope.symbols)], test)
    except Undetermined as error:
        raise Undetermined(
            f"{error.message}, so this number cannot be checked here",
            statement.right.span[0],
        ) from None
    constant = all(is_constant(side) for side, _ in _sides(statement))
    return "computed" if constant else how.replace("checked", "computed", 1)


def _check_derivatives(statement: t.Statement, scope: Scope) -> None:
    """Refuse derivatives that are zero for want of a definition."""
    if any(
        isinstance(side, t.Num) and side.text == "0"
        for side, _ in _sides(statement)
    ):
        allowed = {"x", "y", "n"}  # the data are constants
    else:
        allowed = set()
    for each in t.walk(statement):
        if not isinstance(each, t.Derivative | t.Gradient):
            continue
        for variable in each.variables:
            if each.body == variable:
                raise Meaningless(
                    f"{latex(variable)} differentiated by itself is 1, "
                    "whatever it stands for",
                    each.span[0],
                )
            name = variable.base if isinstance(variable, t.Index) else variable
            if isinstance(name, t.Bound):
                continue
            keys = {n.key for n in t.walk(each.body) if isinstance(n, t.Name)}
            if depends(each.body, name.key, scope.definitions):
                continue
            if keys and keys <= allowed:
                continue
            raise Meaningless(
                f"{latex(each.body)} does not depend on {latex(variable)} by "
                "any definition above, so this derivative says nothing (an "
                "equation that defines it needs <!-- math: define … -->)",
                each.span[0],
            )


def _sides(statement: t.Statement) -> list[tuple[t.Node, t.Node]]:
    left, right = statement.left, statement.right
    return [(left, right), (right, left)]


def _ordered(compare: Callable) -> Test:
    def test(values: Values, left: Tensor, right: Tensor, env: dict) -> bool:
        if left.ndim:
            raise Meaningless("only numbers can be larger or smaller")
        return bool(compare(float(left), float(right)))

    return test


def _slack(left: float, right: float) -> float:
    return TOLERANCE * max(1.0, abs(left), abs(right))


TESTS: dict[str, Test] = {
    "=": lambda values, left, right, env: close(left, right),
    "!=": lambda values, left, right, env: not close(left, right),
    "<": _ordered(lambda a, b: a < b - _slack(a, b)),
    ">": _ordered(lambda a, b: a > b + _slack(a, b)),
    "<=": _ordered(lambda a, b: a <= b + _slack(a, b)),
    ">=": _ordered(lambda a, b: a >= b - _slack(a, b)),
}
