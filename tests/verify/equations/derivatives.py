r"""Derivatives: partial ones, d/dw, and `\nabla`."""

from __future__ import annotations

import re

from lark import Token, Tree

from verify.equations import tree as t
from verify.equations.errors import Unreadable
from verify.equations.functions import Functions
from verify.equations.parts import flat, is_, span


class Derivatives(Functions):
    """Builds derivatives."""

    def _derivative(self, tree: Tree) -> t.Node:
        mark, *parts = tree.children
        order = self.order(parts)
        body = self.operand(parts)
        return self.differentiated(body, order, parts, str(mark), tree)

    def _operator(self, tree: Tree) -> t.Node:
        mark, *parts = tree.children
        order = self.order(parts)
        last = max(
            n for n, part in enumerate(parts) if isinstance(part, Token)
        )
        operand = parts[last + 2 :]
        body = self.operand(operand)
        return self.differentiated(
            body, order, parts[: last + 2], str(mark), tree
        )

    def _gradient(self, tree: Tree) -> t.Node:
        _, *parts = tree.children
        order = self.order(parts)
        targets = parts.pop(0)
        variables = tuple(self.variable(part) for part in targets.children)
        if order not in (1, 2):
            raise Unreadable(r"only \nabla and \nabla^2 are known")
        return t.Gradient(self.operand(parts), variables, order)

    def order(self, parts: list) -> int:
        """Take the order of a derivative from the front of its parts."""
        if is_(parts[0], "power"):
            return int(self.text(parts.pop(0)).lstrip("^ "))
        return 1

    def operand(self, parts: list) -> t.Node:
        """Take what is differentiated from the front of the parts."""
        factor = parts.pop(0)
        name = self.function(factor)
        if not parts or not is_(parts[0], "paren"):
            return self.factor(factor)
        group = parts.pop(0)
        if not name:
            raise Unreadable(
                "what is differentiated is ambiguous: write it in parentheses",
                span(group)[0],
            )
        return self.called(factor, name, Tree("grouped", [group], group.meta))

    def differentiated(
        self, body: t.Node, order: int, parts: list, mark: str, tree: Tree
    ) -> t.Node:
        """Build a derivative with respect to what the denominator names."""
        variables: list[t.Node] = []
        for part in parts:
            if isinstance(part, Token):
                continue
            times = 1
            if part.children[1:] and part.children[-1].data == "sup":
                power = re.sub(r"[\s{}^]", "", self.text(part.children[-1]))
                if power.isdigit():
                    times = int(power)
                    part = Tree(part.data, part.children[:-1], part.meta)
            variables += [self.variable(part)] * times
        if len(variables) != order:
            raise Unreadable(
                f"a derivative of order {order} with a denominator of order "
                f"{len(variables)}",
                span(tree)[0],
            )
        mark = re.sub(r"\s", "", mark)
        return t.Derivative(body, tuple(variables), mark, span=span(tree))

    def is_operator(self, tree: Tree) -> bool:
        """Whether a factor is d/dw, with nothing behind the upper d."""
        return (
            tree.data == "plain"
            and tree.children[0].data == "fraction"
            and "d" not in self.symbols
            and bool(
                re.fullmatch(
                    r"\{?\s*d\s*\}?", self.text(tree.children[0].children[0])
                )
            )
        )

    def applied(self, tree: Tree, items: list) -> tuple[t.Node, list]:
        """Build d/dw of the one factor that follows."""
        (fraction,) = tree.children
        _, bottom = fraction.children
        if not items or items[0][0]:
            raise Unreadable(
                "d/dw needs something to differentiate", span(tree)[1]
            )
        parts = [part for _, part in items]
        if len(parts) == 2 and is_(parts[1], "grouped"):
            parts[1] = parts[1].children[0]
        body = self.operand(parts)
        if parts:
            raise Unreadable(
                "what is differentiated is ambiguous: write it in parentheses",
                span(parts[0])[0],
            )
        variables = self.denominator(bottom)
        node = t.Derivative(body, variables, "d", span=span(tree))
        return node, []

    def begins_with_d(self, argument: Tree) -> bool:
        """Whether the letter d stands first in braces."""
        return bool(re.match(r"\{\s*d(?![A-Za-z_^])", self.text(argument)))

    def denominator(self, argument: Tree) -> tuple[t.Node, ...] | None:
        """Return the w of {d w}, or None where the argument is not that."""
        (inner,) = argument.children
        if not is_(inner, "expr") or len(inner.children) != 1:
            return None
        (run,) = inner.children
        parts = flat(run) if run.data == "run" else []
        if len(parts) != 2 or self.text(parts[0][1]) != "d" or parts[1][0]:
            return None
        return (self.variable(parts[1][1]),)

    def _fraction(self, tree: Tree) -> t.Node:
        top, bottom = tree.children
        if "d" in self.symbols and all(map(self.begins_with_d, (top, bottom))):
            raise Unreadable(
                r"d is declared, so this could be a fraction: write \partial "
                r"or \mathrm{d}",
                span(tree)[0],
            )
        variables = None if "d" in self.symbols else self.denominator(bottom)
        (inner,) = top.children
        if variables and is_(inner, "expr") and len(inner.children) == 1:
            run = inner.children[0]
            parts = [p for _, p in flat(run)] if run.data == "run" else []
            if len(parts) >= 2 and self.text(parts[0]) == "d":
                rest = parts[1:]
                if len(rest) == 2 and is_(rest[1], "grouped"):
                    rest[1] = rest[1].children[0]
                body = self.operand(rest)
                if not rest:
                    return t.Derivative(body, variables, "d")
        return t.Div(self.argument(top), self.argument(bottom))
