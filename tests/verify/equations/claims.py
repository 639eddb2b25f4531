r"""Whether one relation holds, at random points.

A claim is made for all values of its symbols. Inequalities are also tried
where they tend to only just hold, down their margin. A step of descent goes
down the slope of a loss, which is never negative; at `\arg\min_w L = …` that
loss is nowhere smaller than there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import torch

from verify.equations.errors import EquationError, Refuted
from verify.equations.formula import Node
from verify.equations.operations import (
    TOLERANCE,
    Tensor,
    as_leaf,
    close,
    shape,
    shown,
)
from verify.equations.scope import SEEDS, Scope
from verify.equations.value import Values

MORE, FEW = range(24), range(3)
SIGNS = {"<": 1, r"\le": 1, ">": -1, r"\ge": -1}
# Few random numbers may miss a part of what these are.
BRANCHED, PARTIAL = {"branch", "abs", "max", "min"}, {"sqrt", "log", "ln"}
# So many steps, each that much shorter than the last, within these bounds.
DOWNHILL, SHORTER = 160, 0.85
CLOSE_BY = 0.1  # so near, slopes tell how low a margin can still get
NEAR = {"real": (-3, 3), "positive": (0.01, 4), "unit": (0.001, 0.999)}
FAR = NEAR | {"real": (-30, 30), "positive": (0.01, 40)}
NOT_SO, BETTER = "this step does not hold", "there is a better place"
NEGATIVE = "what a step goes down is a loss, and never negative"
NO_SLOPE = (
    "this derivative says nothing: what is differentiated does not depend on "
    "what it is differentiated by, by any definition above (<!-- math: define "
    "… -->)"
)
NO_STEP = (
    r"a step is w \leftarrow w - \eta \frac{\partial L}{\partial w}, of a "
    r"loss L and a step size \eta; what that is equal to may follow behind =. "
    "Tie any other to code: <!-- math: verify code=… -->"
)


def claim(each: Node, latex: str, scope: Scope) -> None:
    """Check that a relation holds.

    Raises Refuted with a counter-example, or another EquationError.
    """
    _demand_dependence(each, scope)
    if each.op == r"\leftarrow":
        return _descend(each, latex, scope)
    if each.op == "range":
        return None  # the reader compared it with what is declared
    left, right, *_ = each.args
    for node, place in ((left, right), (right, left)):
        if node.op in ("argmin", "argmax"):
            best = _optimal(node, place, each, scope)
            tried = _places(best, scope)
            valued = (v for v in tried if v.of(best.args[0]).isfinite())
            return _hold(best, latex, valued, BETTER)
    return _hold(each, latex, _places(each, scope))


def _demand_dependence(each: Node, scope: Scope) -> None:
    """Refuse derivatives that are zero for want of a definition."""
    for node in each:
        if node.op != "slope":
            continue
        body, by = node.args
        while body.op == "paren" and len(body.args) == 1:
            (body,) = body.args
        is_symbol = by.base.op == "name" and body != by
        if not is_symbol or not scope.depends(body, by.base.args[0]):
            raise EquationError(NO_SLOPE, node.span[0])


# ---- steps and optima -------------------------------------------------------


def _descend(each: Node, latex: str, scope: Scope) -> None:
    """Check a step down the gradient of a loss, which is never negative."""
    left, right, *_ = each.args
    match right:
        case Node("sub", (start, Node("mul", (size, Node("slope", down))))):
            loss, variable = down
            kind = size.op == "name" and scope.symbols[size.args[0]].kind
            if start == variable == left and kind == "step":
                sides = loss, Node("num", ("0",))
                losing = Node(r"\ge", sides, each.span)
                return _hold(losing, latex, scope.places([loss]), NEGATIVE)
    raise Refuted(NO_STEP, right.span[0])


def _optimal(node: Node, place: Node, each: Node, scope: Scope) -> Node:
    """Return the claim that no place is better than the one named."""
    body, *by = node.args
    for name in by:
        is_free = name.op == "name" and scope.depends(body, name.args[0])
        if not is_free or scope.depends(place, name.args[0]):
            text = "this place says nothing: the loss has to depend on it, by "
            text += "a definition above, and the place itself must not"
            raise EquationError(text, name.span[0])
    relation = r"\ge" if node.op == "argmin" else r"\le"
    there = Node("where", (body, place, *by), place.span)
    return Node(relation, (body, there), each.span)


# ---- where a claim is tried -------------------------------------------------


def _places(each: Node, scope: Scope) -> Iterator[Values]:
    nodes, is_order = each.nodes, each.op in SIGNS
    bodies = [known.body for known in scope.defined(nodes)]
    parts = (part for node in (*nodes, *bodies) for part in node)
    every = {op for part in parts for op in (part.op, *part.args[3:])}
    own = {part.op for node in nodes for part in node}
    is_partial = every & BRANCHED or own & PARTIAL
    yield from scope.places(nodes, MORE if is_order or is_partial else SEEDS)
    for seed, bounds in product(FEW if is_order else (), (NEAR, FAR)):
        yield from _downhill(each, scope, seed, bounds)


def _downhill(
    each: Node, scope: Scope, seed: int, bounds: dict
) -> Iterator[Values]:
    """Yield places within bounds at which an inequality holds less and less.

    Far away, rounding hides what is small.
    """
    values = next(scope.places(each.nodes, [seed]))
    left, right, *conditions = each.args
    values.of(left), values.of(right)  # to draw what they need
    drawn, length = values.point.values, bounds["real"][1]
    least = TOLERANCE if each.op in "<>" else -TOLERANCE / 2
    for _ in range(DOWNHILL):
        drawn.update({k: as_leaf(v.detach()) for k, v in drawn.items()})
        values.known.clear()
        margin = SIGNS[each.op] * (values.of(right) - values.of(left))
        if margin.ndim or not (margin.isfinite() and margin.requires_grad):
            return  # an overflow, far away
        yield values
        slopes = torch.autograd.grad(
            margin, [*drawn.values()], materialize_grads=True
        )
        sizes = torch.cat([slope.abs().reshape(-1) for slope in slopes])
        way = length / (1 - SHORTER)  # that is left
        is_safe = way < CLOSE_BY and margin - way * sizes.sum() > least
        if is_safe or not sizes.isfinite().all():
            return
        values.is_lowest = bounds is NEAR and not conditions
        for name, slope in zip(list(drawn), slopes, strict=True):
            if (kind := scope.symbols[name].kind) in bounds:
                change = slope * length / (float(sizes.max()) or 1)
                moved = drawn[name].detach() - change
                drawn[name] = moved.clamp(*bounds[kind])
                values.is_lowest &= torch.equal(drawn[name], moved)
        length *= SHORTER


# ---- whether it holds there -------------------------------------------------


def _hold(
    each: Node, latex: str, places: Iterable[Values], said: str = NOT_SO
) -> None:
    """Check a claim at places."""
    one, other, *conditions = each.args
    done, reached, start = 0, set(), other.span[0]
    for values in places:
        if not all(map(values.holds, conditions)):
            continue
        left, right = (values.of(side).detach() for side in (one, other))
        if left.shape != right.shape:
            sides = f"the left side is {shape(left)}, the right {shape(right)}"
            raise Refuted(sides, start)
        known = [bool(side.isfinite().all()) for side in (left, right)]
        if not any(known):
            continue
        is_true = all(known) and _is_true(each, left, right, values.is_lowest)
        done += is_true is not None
        reached |= values.reached
        if is_true is False:
            raise Refuted(
                f"{said}: … {latex[slice(*each.span)]}\n    {values.where()} "
                f"gives left={shown(left)}, right={shown(right)}",
                start,
            )
    if not done:
        raise EquationError("this has no value at any point tried", start)
    for node in (*one, *other):
        if node.op == "branch" and node not in reached:
            case = latex[slice(*node.span)]
            raise EquationError(f"no point falls under {case}", node.span[0])


def _is_true(
    each: Node, left: Tensor, right: Tensor, is_lowest: bool
) -> bool | None:
    """Whether a relation holds between two values, but for rounding.

    None where rounding hides whether one is larger, as in `p < 1`.
    """
    if each.op in ("=", r"\ne"):
        return close(left, right) == (each.op == "=")
    if left.ndim:
        raise Refuted("only numbers are compared", each.args[1].span[0])
    if close(left, right):
        is_strict = each.op in "<>"
        return None if is_strict and not is_lowest else not is_strict
    return bool(left < right) == (SIGNS[each.op] > 0)
