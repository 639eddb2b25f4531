r"""Whether one relation holds, at random points.

A claim is made for all values of its symbols. Inequalities are also tried at
round numbers, where they tend to only just hold, and at large ones. A step of
descent goes down the slope of a loss, which is never negative; at
`\arg\min_w L = …` that loss is nowhere smaller than there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

from verify.equations.errors import EquationError, Refuted
from verify.equations.formula import Node
from verify.equations.operations import (
    Tensor,
    close,
    shape,
    shown,
)
from verify.equations.point import ROUND
from verify.equations.scope import SEEDS, Scope
from verify.equations.value import Values

MORE = range(24)
SIGNS = {"<": 1, r"\le": 1, ">": -1, r"\ge": -1}
# Few random numbers may miss a part of what these are.
BRANCHED, PARTIAL = {"branch", "abs", "max", "min"}, {"sqrt", "log", "ln"}
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
            tried = _valued(best.args[:1], scope.places(best.nodes, MORE))
            return _hold(best, latex, tried, BETTER)
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
    if is_order:
        yield from _valued(each.args[:2], scope.places(nodes, ROUND))


def _valued(
    sides: Iterable[Node], places: Iterable[Values]
) -> Iterator[Values]:
    """Yield the places at which all sides have a value."""
    for values in places:
        with contextlib.suppress(Refuted):
            if all(values.of(side).isfinite().all() for side in sides):
                yield values


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
        is_true = all(known) and _is_true(each, left, right)
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


def _is_true(each: Node, left: Tensor, right: Tensor) -> bool | None:
    """Whether a relation holds between two values, but for rounding.

    None where rounding hides whether one is larger, as in `p < 1`.
    """
    if each.op in ("=", r"\ne"):
        return close(left, right) == (each.op == "=")
    if left.ndim:
        raise Refuted("only numbers are compared", each.args[1].span[0])
    if close(left, right):
        is_strict = each.op in "<>"
        return None if is_strict and left != right else not is_strict
    return bool(left < right) == (SIGNS[each.op] > 0)
