"""Relations, their sides, and sets."""

from __future__ import annotations

import re

from lark import Token, Tree

from verify.equations import tree as t
from verify.equations.parts import Parts, is_, span

RELATIONS = {
    "=": "=", r"\equiv": "=", "<": "<", r"\lt": "<", ">": ">", r"\gt": ">",
    r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=",
    r"\geq": ">=", r"\geqslant": ">=", r"\ne": "!=", r"\neq": "!=",
    r"\approx": "~", r"\leftarrow": "<-", r"\gets": "<-",
}  # fmt: skip


class Sides(Parts):
    """Builds relations and what stands on their sides."""

    def side(self, tree: Tree) -> t.Node:
        """Build one side of a relation; a unit behind it says nothing."""
        return self.expr(tree.children[0])

    def relations(self, first: t.Node, parts: list) -> tuple:
        """Build the steps of a chain from (relation, side) pairs."""
        steps, left = [], first
        for sign, side in zip(parts[::2], parts[1::2], strict=True):
            relation = RELATIONS[re.sub(r"[&\s]", "", sign)]
            right = self.side(side)
            where = (sign.start_pos, span(side)[1])
            steps.append(t.Statement(relation, left, right, span=where))
            left = right
        return tuple(steps)

    def size(self, part: Tree | Token) -> t.Node:
        r"""Build the n of \mathbb{R}^n."""
        if isinstance(part, Token):
            return self.letter(str(part), part.start_pos)
        return self.expr(part)

    def set(self, tree: Tree) -> t.Node:
        """Build what stands behind \\in."""
        if tree.data == "reals":
            _, *size = tree.children
            shape = tuple(self.size(part) for part in size)
            if shape and isinstance(shape[0], t.Mul):  # m \times n
                shape = (shape[0].left, shape[0].right)
            return t.Reals(shape, span=span(tree))
        if tree.data == "interval":
            open_, low, high, close = tree.children
            ends = self.text(open_)[-1] + self.text(close)[-1]
            return t.Interval(
                self.expr(low), self.expr(high), ends, span=span(tree)
            )
        run = any(is_(part, "DOTS") for part in tree.children)
        parts = [part for part in tree.children if not is_(part, "DOTS")]
        items = tuple(self.expr(part) for part in parts)
        return t.Elements(items, run, span=span(tree))
