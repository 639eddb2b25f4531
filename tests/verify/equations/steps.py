r"""Steps of descent and optima: `w \leftarrow w - …` and `\arg\min_w L`."""

from __future__ import annotations

import random
from collections.abc import Iterator

import torch

from verify.equations.errors import False_, Meaningless, Misfit, Untied
from verify.equations.formula import Claim, Node
from verify.equations.operations import Tensor, close, scalar, shown
from verify.equations.point import Point
from verify.equations.scope import Scope
from verify.equations.value import Values

SEEDS = range(4)
# How far from an optimum other places are tried, each a few times.
FAR, TIMES = (1e-3, 1e-2, 0.1, 0.5, 1.0, 3.0, 10.0), 4
TOLERANCE = 1e-12


def check_update(each: Claim, scope: Scope) -> str:
    """Check a step down the gradient of a loss that is defined above.

    Raises Untied where it is no such step.
    """
    pairs = [(each.left, each.right)]
    if each.left.op == "paren":  # (w, b) ← (…, …)
        if len(each.right.args) != len(each.left.args):
            raise Misfit("the two sides differ in length", each.right.span[0])
        pairs = list(zip(each.left.args, each.right.args, strict=True))
    losses = {_loss(left, right, scope) for left, right in pairs}
    return f"checked: a step down the gradient of {', '.join(sorted(losses))}"


def _loss(left: Node, right: Node, scope: Scope) -> str:
    """Return of what a step goes down the gradient."""
    name = left.args[0] if left.op == "at" else left
    steps = {n for n in right if _kind(n, scope) == "step"}
    if len(steps) == 1 and name.op == "name":
        (step,) = steps
        for loss in _losses(right, scope):
            places = scope.places([left, right, loss], _points(scope))
            if (
                name not in loss
                and scope.depends(loss, name.args[0])
                and all(
                    _descends(values, left, right, loss, step)
                    for values in places
                )
            ):
                return str(next(iter(loss.nodes), loss).args[0])
    raise Untied(
        "this is not a step down the gradient of anything defined above; if "
        "it is right, tie it to code: <!-- math: verify code=… -->",
        right.span[0],
    )


def _losses(right: Node, scope: Scope) -> Iterator[Node]:
    """Yield what is defined and is one number, or one for a free index."""
    for key in scope.definitions:
        symbol, node = scope.symbols[key], Node("name", (key,))
        if symbol.is_number and not symbol.shape:
            yield node
        for index in sorted(right.free()):
            if symbol.shape and scope.symbols[index].shape == symbol.shape:
                yield Node("at", (node, Node("index", (index,))))


def _descends(
    values: Values, left: Node, right: Node, loss: Node, step: Node
) -> bool:
    """Whether a step goes down; with step size 0 nothing may move.

    What goes down is a loss only if it is never negative.
    """
    along = values.of(Node("slope", (right, step)))
    down = -values.of(Node("slope", (loss, left)))
    with values.fixing({step.args[0]: scalar(0)}):
        still = values.of(right)
    before = values.of(left)
    return (
        along.shape == down.shape == still.shape == before.shape
        and close(along, down)
        and close(still, before)
        and float(values.of(loss)) >= 0
    )


def check_optimum(node: Node, place: Node, latex: str, scope: Scope) -> str:
    """Check that no place near or far is better than the one claimed."""
    body, *by = node.args
    sign, rng, done = 1 if node.op == "argmin_by" else -1, random.Random(0), 0
    for each in by:
        if each.op != "name" or not scope.depends(body, each.args[0]):
            text = "what is optimal does not depend on this by any definition"
            raise Meaningless(text, each.span[0])
        if scope.depends(place, each.args[0]):
            text = f"this place depends on {each.args[0]} itself"
            raise Meaningless(text, place.span[0])
    for values in scope.places([body, place], _points(scope)):
        best = values.of(place).detach()
        least = _moved(values, body, by, best)
        tried = 0
        for scale in FAR * TIMES:
            shift = [rng.uniform(-scale, scale) for _ in range(best.numel())]
            other = best + torch.tensor(shift).double().reshape(best.shape)
            value = _moved(values, body, by, other)
            if least.isfinite() and not value.isfinite():
                continue
            tried = 1
            if not sign * float(value - least) >= -TOLERANCE:
                raise False_(
                    f"there is a better place: … {latex[slice(*place.span)]}",
                    f"{values.where()} gives {shown(least)} at {shown(best)}, "
                    f"and {shown(value)} at {shown(other)}",
                    place.span[0],
                )
        done += tried
    if not done:
        raise Meaningless("this has no value near its optimum", node.span[0])
    return f"checked at {done} points: no place is better"


def _moved(
    values: Values, body: Node, by: list[Node], where: Tensor
) -> Tensor:
    """Return what a formula is with its variables set to other numbers."""
    inner = [values.of(each) for each in by]
    sizes = [each.numel() for each in inner]
    if sum(sizes) != where.numel():
        raise Misfit(f"{where.numel()} numbers for {sum(sizes)} variables")
    parts = zip(by, inner, where.reshape(-1).split(sizes), strict=True)
    moved = {e.args[0]: part.reshape(known.shape) for e, known, part in parts}
    with values.fixing(moved):
        return values.of(body).detach()


def _kind(node: Node, scope: Scope) -> str:
    return scope.symbols[node.args[0]].kind if node.op == "name" else ""


def _points(scope: Scope) -> list[Point]:
    return [Point(scope.symbols, seed) for seed in SEEDS]
