r"""What steps of descent and optima claim, as relations.

`w \leftarrow …` claims that the right side is w minus the step size times the
slope of a loss; `\arg\min_w L = …` that L is nowhere smaller than there.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.equations.errors import Meaningless, Misfit
from verify.equations.formula import Claim, Node
from verify.equations.scope import Scope


def pairs(each: Claim) -> list[tuple[Node, Node]]:
    r"""Return what is stored where: `(w, b) \leftarrow (…, …)` stores two."""
    if each.left.op != "paren":
        return [(each.left, each.right)]
    if len(each.right.args) != len(each.left.args):
        raise Misfit("the two sides differ in length", each.right.span[0])
    return list(zip(each.left.args, each.right.args, strict=True))


def descents(left: Node, right: Node, scope: Scope) -> Iterator[list[Claim]]:
    """Yield what it claims to go down each loss that a step may go down.

    A loss is defined, depends on what is stored, and is never negative.
    """
    name = left.base
    kinds = {n: scope.symbols[n.args[0]].kind for n in right if n.op == "name"}
    steps = [node for node, kind in kinds.items() if kind == "step"]
    if len(steps) != 1 or name.op != "name":
        return
    for loss in _losses(right, scope):
        if name not in loss and scope.depends(loss, name.args[0]):
            down = Node("mul", (steps[0], Node("slope", (loss, left))))
            moved = Node("sub", (left, down))
            yield [
                Claim("=", right, moved, right.span),
                Claim(r"\ge", loss, Node("num", ("0",)), right.span),
            ]


def _losses(right: Node, scope: Scope) -> Iterator[Node]:
    """Yield what is defined and is one number, or one for a free index."""
    for key in scope.definitions:
        symbol, node = scope.symbols[key], Node("name", (key,))
        if symbol.is_number and not symbol.shape:
            yield node
        for index in sorted(right.free()):
            if symbol.shape and scope.symbols[index].shape == symbol.shape:
                yield Node("at", (node, Node("index", (index,))))


def optimum(node: Node, place: Node, each: Claim, scope: Scope) -> Claim:
    """Return the claim that no place is better than the one named."""
    body, *by = node.args
    for name in by:
        if name.op != "name" or not scope.depends(body, name.args[0]):
            text = "what is optimal does not depend on this by any definition"
            raise Meaningless(text, name.span[0])
        if scope.depends(place, name.args[0]):
            text = f"this place depends on {name.args[0]} itself"
            raise Meaningless(text, place.span[0])
    relation = r"\ge" if node.op == "argmin_by" else r"\le"
    there = Node("where", (body, place, *by), place.span)
    return Claim(relation, body, there, each.span)
