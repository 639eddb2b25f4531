r"""What takes the rest of its term: sums, extrema; and bars, `\mathbb{E}`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lark import Tree

from verify.equations import tree as t
from verify.equations.errors import Undeclared, Unreadable
from verify.equations.names import Names
from verify.equations.parts import span
from verify.equations.symbols import key


class Operators(Names):
    """Builds sums, products, extrema, means and evaluations."""

    def _at(self, tree: Tree) -> t.Node:
        body, settings = tree.children
        return t.At(self.expr(body), self.settings(settings))

    def _big(self, tree: Tree) -> t.Node:
        operator, lower, *upper, body = tree.children
        name = str(lower.children[0])
        low, high = self.bounds(lower, upper)
        with self.bind_index(name, lower):
            inner = self.term(body)
        return t.Big(
            operator.lstrip("\\"), name, low, high, inner, span=span(tree)
        )

    def bounds(self, lower: Tree, upper: list) -> tuple:
        """Build the bounds of a sum; both, or none for a declared index."""
        name = str(lower.children[0])
        if len(lower.children) == 3 and upper:
            if "=" not in lower.children[1]:
                raise Unreadable("write i=1 below a sum", span(lower)[0])
            low = self.expr(lower.children[2])
            return low, self.argument(upper[0].children[0])
        declared = self.symbols.get(name)
        if len(lower.children) == 3 or upper:
            raise Unreadable(
                r"a sum needs both bounds, as in \sum_{i=1}^n", span(lower)[0]
            )
        if declared is None or declared.kind != "index":
            raise Undeclared(
                f"a sum over {name} needs bounds, as in \\sum_{{i=1}}^n, or "
                "an index that is declared",
                span(lower)[0],
            )
        return None, None

    @contextmanager
    def bind_index(self, name: str, where: Tree) -> Iterator[None]:
        """Bind an index, unless it is bound already."""
        if name in self.bound:
            raise Unreadable(
                f"the index {name} is bound already", span(where)[0]
            )
        with self.binding(name):
            yield

    def _expectation(self, tree: Tree) -> t.Node:
        _, *lower, group = tree.children
        if len(group.children) != 1:
            raise Unreadable("an expectation of several", span(group)[0])
        if lower:
            name = str(lower[0].children[0])
            self.bounds(lower[0], [])
            with self.bind_index(name, lower[0]):
                return t.Mean(name, self.expr(group.children[0]))
        return t.Mean(None, self.expr(group.children[0]))

    def _optimum(self, tree: Tree) -> t.Node:
        *words, targets, body = tree.children
        text = "".join(words)
        operator = "max" if "max" in text else "min"
        argument = "arg" in text
        name = key(self.text(targets).strip("{} "))
        declared = self.symbols.get(name)
        if declared is not None and declared.kind == "index":
            with self.bind_index(name, targets):
                inner = self.term(body)
            operator = ("arg" if argument else "") + operator
            return t.Big(operator, name, None, None, inner, span=span(tree))
        variables = tuple(self.variable(part) for part in targets.children)
        return t.Optimum(
            operator, variables, self.term(body), argument, span=span(tree)
        )
