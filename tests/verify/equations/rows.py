"""Rows of a formula to chains of statements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lark import Token, Tree

from verify.equations import tree as t
from verify.equations.errors import Unreadable
from verify.equations.symbols import key

if TYPE_CHECKING:
    from verify.equations.build import Builder


def formula(tree: Tree, builder: Builder, define: bool) -> t.Formula:
    """Return all chains of a parsed formula."""
    rows = Rows(builder, define)
    for row in tree.children:
        rows.row(row)
    chains = rows.chains
    for statement in builder.extra:
        chains.append(t.Chain(statement.left, (statement,)))
    bare = [chain for chain in chains if not chain.statements]
    if bare and len(chains) > 1:
        raise Unreadable(
            "this stands between relations and states none: write one "
            "relation for each name",
            bare[0].first.span[0],
        )
    return t.Formula(tuple(chains))


class Rows:
    """Collects the chains of a formula, row by row."""

    def __init__(self, builder: Builder, define: bool) -> None:
        self.builder = builder
        self.define = define
        self.chains: list[t.Chain] = []
        self.parameters: list[str] = []

    def row(self, tree: Tree) -> None:
        """Add the chains of one row."""
        items = [item for item in tree.children if item.data != "note"]
        dots = [n for n, item in enumerate(items) if item.data == "dots"]
        if dots:
            self.range(items, dots[0])
            return
        for item in items:
            getattr(self, item.data)(item)

    def chain(self, tree: Tree) -> None:
        """Add a chain with a left side of its own."""
        first, *steps = tree.children
        self.parameters = (
            parameters(first, self.builder) if self.define else []
        )
        with self.builder.binding(*self.parameters):
            left = self.builder.side(first)
            statements = self.builder.relations(left, steps)
        self.chains.append(t.Chain(left, statements))

    def led(self, tree: Tree) -> None:
        """Add a chain with a mark of alignment in front of it."""
        first, *steps = [p for p in tree.children if not _is_text(p)]
        left = self.builder.expr(first)
        self.chains.append(t.Chain(left, self.builder.relations(left, steps)))

    def continued(self, tree: Tree) -> None:
        """Go on with the last chain: the row begins with a relation."""
        last = self.last(tree)
        left = last.statements[-1].right if last.statements else last.first
        with self.builder.binding(*self.parameters):
            steps = self.builder.relations(left, tree.children)
        self.chains[-1] = replace(last, statements=(*last.statements, *steps))

    def carried(self, tree: Tree) -> None:
        """Go on with the last side: the row begins with + or -."""
        last = self.last(tree)
        if not last.statements:
            raise Unreadable("there is nothing to go on with", _start(tree))
        *before, step = last.statements
        total = step.right
        signs, terms = tree.children[::2], tree.children[1::2]
        for sign, part in zip(signs, terms, strict=True):
            with self.builder.binding(*self.parameters):
                term = self.builder.term(part)
            kind = t.Add if sign == "+" else t.Sub
            total = kind(total, term, span=(total.span[0], term.span[1]))
        step = replace(step, right=total, span=(step.span[0], total.span[1]))
        self.chains[-1] = replace(last, statements=(*before, step))

    def membership(self, tree: Tree) -> None:
        r"""Add an element of a set; names before it, as in `w, b \in R`."""
        side, set_ = tree.children
        left = self.builder.side(side)
        within = self.builder.set(set_)
        span = tree.meta.start_pos, tree.meta.end_pos
        listed = []
        while self.chains and not self.chains[-1].statements:
            listed.append(self.chains.pop().first)
        for node in [*reversed(listed), left]:
            statement = t.Statement("in", node, within, span=span)
            self.chains.append(t.Chain(node, (statement,)))

    def range(self, items: list[Tree], dots: int) -> None:
        r"""Add `i = 1, 2, \dots, n`."""
        for item in [*items[:dots], *items[dots + 1 :]]:
            if item.data != "chain":
                raise Unreadable("these dots are not understood", _start(item))
            self.chain(item)
        last = self.chains.pop()
        while self.chains and not self.chains[-1].statements:
            self.chains.pop()
        first = self.chains.pop() if self.chains else last
        if (
            dots + 2 != len(items)
            or last.statements
            or [s.relation for s in first.statements] != ["="]
        ):
            raise Unreadable(
                r"dots are understood in i = 1, \dots, n only",
                _start(items[0]),
            )
        low = first.statements[0].right
        run = t.Elements((low, last.first), run=True, span=last.first.span)
        step = t.Statement(
            "range", first.first, run, span=first.statements[0].span
        )
        self.chains.append(t.Chain(first.first, (step,)))

    def last(self, tree: Tree) -> t.Chain:
        """Return the chain that a row goes on with."""
        if not self.chains:
            raise Unreadable(
                "the row begins with a relation, and nothing stands before it",
                _start(tree),
            )
        return self.chains[-1]


def parameters(side: Tree, builder: Builder) -> list[str]:
    """Return the parameter names of the left side `f(u, v)`, or none."""
    (expr, *_) = side.children
    if len(expr.children) != 1 or expr.children[0].data != "run":
        return []
    run = expr.children[0]
    if len(run.children) != 2 or run.children[0].data != "run":
        return []
    named, group = run.children[0].children[0], run.children[1]
    if group.data != "grouped" or not builder.function(named):
        return []
    return [key(builder.text(part)) for part in group.children[0].children]


def _is_text(part: Tree | Token) -> bool:
    return isinstance(part, Token) and part.type == "TEXT"


def _start(tree: Tree) -> int | None:
    return None if tree.meta.empty else tree.meta.start_pos
