"""Parts of a parse tree, and what all builders of nodes share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lark import Token, Tree

from verify.equations import tree as t
from verify.equations.symbols import Symbols


class Parts:
    """A source among declared symbols, and the names bound so far.

    `extra` collects what a formula claims besides its rows: that what stands
    over a brace equals the formula below it.
    """

    def __init__(self, source: str, symbols: Symbols) -> None:
        self.source = source
        self.symbols = symbols
        self.bound: list[str] = []
        self.extra: list[t.Statement] = []

    def text(self, part: Tree | Token) -> str:
        """Return the source of a part."""
        start, end = span(part)
        return self.source[start:end]

    @contextmanager
    def binding(self, *names: str) -> Iterator[None]:
        """Read names as bound: indices of sums, parameters of functions."""
        self.bound.extend(names)
        try:
            yield
        finally:
            del self.bound[len(self.bound) - len(names) :]

    def expr(self, tree: Tree) -> t.Node:
        """Build a sum of terms; see build.py."""
        raise NotImplementedError

    def term(self, tree: Tree) -> t.Node:
        """Build a product or a quotient; see build.py."""
        raise NotImplementedError

    def factor(self, tree: Tree) -> t.Node:
        """Build anything that stands in a product; see build.py."""
        raise NotImplementedError

    def argument(self, tree: Tree) -> t.Node:
        """Build what stands in braces; see build.py."""
        raise NotImplementedError


def span(part: Tree | Token) -> tuple[int, int]:
    """Return where a part begins and ends."""
    if isinstance(part, Token):
        return part.start_pos, part.end_pos
    if part.meta.empty:
        return 0, 0
    return part.meta.start_pos, part.meta.end_pos


def flat(run: Tree) -> list[tuple[str, Tree]]:
    """Return the factors of a product, each with the sign before it."""
    if run.data != "run":
        return [("", run)]
    *before, last = run.children
    if not before:
        return [("", last)]
    return [*flat(before[0]), (sign_of(before[1:]), last)]


def sign_of(tokens: list[Token]) -> str:
    """Return the sign of multiplication among at most one token."""
    return str(tokens[0]) if tokens else ""


def is_(part: Tree | Token, name: str) -> bool:
    """Whether a part is of a rule, or a token of a kind."""
    kind = part.type if isinstance(part, Token) else part.data
    return kind == name
