r"""Whether one relation holds: at random points, or on Hubble's data.

A claim is made for all values of its symbols. Where one side is a number and
the other depends on nothing but the data, it may be about them: an inequality
has to hold there, an equation there or everywhere. Inequalities are also
tried where they tend to only just hold: at 0, 1, −1 and 2, and down their
margin.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from itertools import product

import torch

from verify.equations.errors import (
    EquationError,
    False_,
    Meaningless,
    Misfit,
    OutOfRange,
)
from verify.equations.formula import Claim, Node
from verify.equations.operations import (
    TOLERANCE,
    Tensor,
    as_leaf,
    close,
    shape,
    shown,
)
from verify.equations.point import CHOICES, Point, data
from verify.equations.scope import SEEDS, Scope
from verify.equations.steps import descents, optimum, pairs
from verify.equations.value import Values

MORE, FEW, CORNERS = range(24), range(3), range(8)
SIGNS = {"<": 1, r"\le": 1, ">": -1, r"\ge": -1}
# Few random numbers may miss a part of what these are.
BRANCHED, PARTIAL = {"branch", "abs", "max", "min"}, {"sqrt", "log", "ln"}
# So many steps, the first that long, each that much shorter.
DOWNHILL, LENGTH, SHORTER = 80, 2.0, 0.85
NOT_SO = "this step does not hold"
NO_SLOPE = (
    "this derivative says nothing: what is differentiated does not depend on "
    "what it is differentiated by, by any definition above (<!-- math: define "
    "… -->)"
)
NO_STEP = (
    "this is not a step down the gradient of anything defined above; if it is "
    "right, tie it to code: <!-- math: verify code=… -->"
)
EXACT = 1e-14  # a few units of float64's last place


def claim(each: Claim, latex: str, scope: Scope) -> None:
    """Check that a relation holds.

    Raises False_ with a counter-example, or another EquationError.
    """
    _demand_dependence(each, scope)
    if each.relation == r"\leftarrow":
        return _descent(each, latex, scope)
    if each.relation == "range":
        return None  # the reader compared it with what is declared
    for node, place in ((each.left, each.right), (each.right, each.left)):
        if node.op in ("argmin_by", "argmax_by"):
            return _optimum(optimum(node, place, each, scope), latex, scope)
    is_about_data = _is_about_data(each, scope)
    if not is_about_data or each.relation == "=":
        try:
            return _hold(each, latex, _places(each, scope))
        except False_:
            if not is_about_data:
                raise
    return _hold(each, latex, scope.places(each.nodes, [0], given=True))


def _descent(each: Claim, latex: str, scope: Scope) -> None:
    """Check a step down the gradient of losses that are defined above."""
    for left, right in pairs(each):
        for claims in descents(left, right, scope):
            with contextlib.suppress(EquationError):
                for one in claims:
                    _hold(one, latex, scope.places(one.nodes))
                break
        else:
            raise False_(NO_STEP, "", right.span[0])


def _optimum(each: Claim, latex: str, scope: Scope) -> None:
    """Check that no place is better, wherever there is a value."""
    places = _places(each, scope)
    try:
        _hold(each, latex, (v for v in places if v.of(each.left).isfinite()))
    except False_ as error:
        error.message = error.message.replace(
            NOT_SO, "there is a better place"
        )
        raise


# ---- where a claim is tried -------------------------------------------------


def _is_about_data(each: Claim, scope: Scope) -> bool:
    """Whether a number is claimed of what the data determine."""
    sides = [each.left, each.right]
    open_sides = [side for side in sides if not side.is_constant]
    roots = set().union(*map(scope.roots, open_sides))
    is_determined = bool(roots) and roots <= data(scope.symbols)
    if each.relation == r"\approx":
        if roots and not is_determined:
            raise Meaningless("this has no fixed value", each.left.span[0])
        if not any(map(half_unit, sides)):
            raise Meaningless(
                r"\approx needs a rounded number", each.right.span[0]
            )
    return is_determined and (
        len(open_sides) == 1 or each.relation == r"\approx"
    )


def _places(each: Claim, scope: Scope) -> Iterator[Values]:
    nodes = each.nodes
    is_number = [each.left.is_constant, each.right.is_constant]
    if all(is_number):
        yield from scope.places(nodes, [0])
        return
    is_order = each.relation in SIGNS
    every = {o for n in scope.formulas(nodes) for o in (n.op, *n.args[3:])}
    own = {each.op for node in nodes for each in node}
    is_partial = every & BRANCHED or own & PARTIAL
    yield from scope.places(nodes, MORE if is_order or is_partial else SEEDS)
    if not is_order:
        return
    yield from scope.places(nodes, CORNERS, corners=True)
    if any(is_number) and data(scope.symbols) & scope.reached(nodes):
        yield from scope.places(nodes, FEW, given=True)
    for seed, reach in product(FEW, (1, 10)):
        yield from _downhill(each, scope, seed, reach)


def _downhill(
    each: Claim, scope: Scope, seed: int, reach: int
) -> Iterator[Values]:
    """Yield places at which an inequality holds less and less.

    They stay among the numbers that each kind is drawn from, or go that many
    times as far; there, rounding hides what is small.
    """
    values = next(scope.places(each.nodes, [seed]))
    values.of(each.left), values.of(each.right)  # to draw what they need
    drawn, length = values.point.values, LENGTH * reach
    for _ in range(DOWNHILL):
        drawn.update({k: as_leaf(v.detach()) for k, v in drawn.items()})
        values.known.clear()
        margin = values.of(each.right) - values.of(each.left)
        yield values
        if margin.ndim or not (margin.isfinite() and margin.requires_grad):
            return
        slopes = torch.autograd.grad(
            SIGNS[each.relation] * margin,
            list(drawn.values()),
            materialize_grads=True,
            allow_unused=True,
        )
        steepest = max(float(slope.abs().max()) for slope in slopes) or 1
        values.point.is_low = reach == 1 and not each.conditions
        for name, slope in zip(list(drawn), slopes, strict=True):
            kind = scope.symbols[name].kind
            if kind not in CHOICES or kind == "bit":
                continue
            low, high = min(CHOICES[kind]), max(CHOICES[kind])
            if kind in ("real", "positive"):
                low, high = low * reach if low < 0 else low, high * reach
            moved = drawn[name].detach() - length / steepest * slope
            drawn[name] = moved.clamp(low, high)
            values.point.is_low &= torch.equal(drawn[name], moved)
        length *= SHORTER


# ---- whether it holds there -------------------------------------------------


def _hold(each: Claim, latex: str, places: Iterable[Values]) -> None:
    """Check a claim at places."""
    done, reached, start = 0, set(), each.right.span[0]
    for values in places:
        if not all(map(values.holds, each.conditions)):
            continue
        try:
            left, right = (
                values.of(side).detach() for side in (each.left, each.right)
            )
        except OutOfRange as error:
            if error.is_sequence:
                continue  # w_{t+1} at the last t
            raise
        if left.shape != right.shape:
            sides = f"the left side is {shape(left)}, the right {shape(right)}"
            raise Misfit(sides, start)
        known = [bool(side.isfinite().all()) for side in (left, right)]
        if not any(known) or (values.point.corners and not all(known)):
            continue
        is_true = all(known) and _is_true(each, left, right, values.point)
        done += is_true is not None
        reached |= values.reached
        if is_true is False:
            raise False_(
                f"{NOT_SO}: … {latex[slice(*each.span)]}",
                f"{values.where()} gives left={shown(left)}, "
                f"right={shown(right)}",
                start,
            )
    if not done:
        raise Meaningless("this has no value at any point tried", start)
    for node in (*each.left, *each.right):
        if node.op == "branch" and node not in reached:
            case = latex[slice(*node.span)]
            raise Meaningless(f"no point falls under {case}", node.span[0])


def _is_true(
    each: Claim, left: Tensor, right: Tensor, point: Point
) -> bool | None:
    """Whether a relation holds between two values, but for rounding.

    None where rounding hides whether one is larger, as in `p < 1`.
    """
    if each.relation in ("=", r"\ne"):
        return close(left, right) == (each.relation == "=")
    if each.relation == r"\in":
        return True  # the shapes are equal
    if left.ndim:
        raise Misfit("only numbers are compared", each.right.span[0])
    if each.relation == r"\approx":
        allowed = half_unit(each.left) + half_unit(each.right)
        return float((left - right).abs()) <= allowed * (1 + 1e-9)
    gap = float((left - right).abs())
    size = float(max(left.abs(), right.abs()))
    is_close, is_strict = (
        gap <= TOLERANCE * max(1, size),
        each.relation in "<>",
    )
    if is_close and (not is_strict or point.is_low):
        return not is_strict
    if is_strict and gap <= EXACT * size:
        return False if point.corners else None
    return bool(left < right) == (SIGNS[each.relation] > 0)


def half_unit(node: Node) -> float:
    """Return half a unit of the last digit of a printed number, else 0."""
    if node.op == "neg":
        return half_unit(node.args[0])
    if node.op != "num":
        return 0.0
    digits = node.args[0].rstrip("%").partition(".")[2]
    return 10.0 ** -len(digits) / (200 if node.args[0].endswith("%") else 2)


def _demand_dependence(each: Claim, scope: Scope) -> None:
    """Refuse derivatives that are zero for want of a definition."""
    is_zero = any(side == Node("num", ("0",)) for side in each.nodes[:2])
    slopes = [n for n in (*each.left, *each.right) if n.op == "slope"]
    for node in slopes:
        body, *by = node.nodes
        while body.op == "paren" and len(body.args) == 1:
            body = body.args[0]
        if is_zero and scope.reached([body]) <= data(scope.symbols):
            continue  # the data are constants
        for name in [variable.base for variable in by]:
            is_symbol = name.op == "name" and body not in by
            if not is_symbol or not scope.depends(body, name.args[0]):
                raise Meaningless(NO_SLOPE, node.span[0])
