r"""A formula as a tree: operations, what they are applied to, and where.

`Node("add", (left, right), span)` is a sum; a chain such as `a = b < c` is its
first side and two claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Node:
    """An operation, what it is applied to, and where it stands."""

    op: str
    args: tuple = ()
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    def __iter__(self) -> Iterator[Node]:
        """Yield the node and all below it."""
        yield self
        for each in self.nodes:
            yield from each

    @property
    def nodes(self) -> list[Node]:
        """Those of its arguments that are nodes."""
        return [each for each in self.args if isinstance(each, Node)]

    @property
    def base(self) -> Node:
        """What it is an element of, or itself."""
        return self.args[0] if self.op == "at" else self

    def free(self) -> set[str]:
        """Return the indices that no sum within binds."""
        if self.op == "index":
            return {self.args[0]}
        inner = set().union(*(each.free() for each in self.nodes))
        return inner - {self.args[1]} if self.op == "over" else inner

    @property
    def is_constant(self) -> bool:
        """Whether it is made of numbers only."""
        return not any(each.op in ("name", "index", "call") for each in self)


@dataclass(frozen=True)
class Claim:
    r"""One relation between two sides, under conditions if there are any.

    The relation is LaTeX, `\le` and the like; `range` is that of `1, \dots`.
    """

    relation: str
    left: Node
    right: Node
    span: tuple[int, int]
    conditions: tuple[Node, ...] = ()

    @property
    def nodes(self) -> list[Node]:
        """Its two sides and its conditions."""
        return [self.left, self.right, *self.conditions]


@dataclass(frozen=True)
class Chain:
    """A side and the claims that follow from it, maybe as a condition."""

    first: Node
    claims: tuple[Claim, ...] = ()
    is_condition: bool = False

    @property
    def nodes(self) -> list[Node]:
        """Its sides and conditions."""
        parts = [claim.nodes[1:] for claim in self.claims]
        return [self.first, *(node for part in parts for node in part)]

    @property
    def last(self) -> Node:
        """The last side."""
        return self.claims[-1].right if self.claims else self.first

    @property
    def tests(self) -> tuple[Node, ...]:
        """The claims as conditions; the reader has looked at ranges."""
        return tuple(
            Node("test", (each.relation, each.left, each.right), each.span)
            for each in self.claims
            if each.relation != "range"
        )
