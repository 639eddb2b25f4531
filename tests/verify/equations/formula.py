r"""A formula as a tree: operations, what they are applied to, and where.

`Node("add", (left, right), span)` is a sum, and `Node("=", (left, right))` a
relation, whose further arguments are its conditions. A chain is an expression
alone, or relations of which each begins where the last one ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# As LaTeX has them; `range` is that of `k = 1, \dots, K`.
RELATIONS = {
    *("=", r"\ne", "<", ">", r"\le", r"\ge", r"\leftarrow", "range"),
}


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
        if self.op == "over" and self.args[2].op == "run":
            body, index, ends, _ = self.args
            return body.free() - {index} | ends.free()
        inner = set().union(*(each.free() for each in self.nodes))
        return inner - {self.args[1]} if self.op == "over" else inner

    @property
    def is_constant(self) -> bool:
        """Whether it is made of numbers only."""
        return not any(each.op in ("name", "index", "call") for each in self)

    @property
    def is_relation(self) -> bool:
        """Whether it claims something."""
        return self.op in RELATIONS


Chain = tuple[Node, ...]


def sides(chain: Chain) -> list[Node]:
    """Return what stands on each side of a chain's relations, and if what."""
    parts = (each.nodes if each.is_relation else [each] for each in chain)
    return [node for part in parts for node in part]


def last(chain: Chain) -> Node:
    """Return the last side of a chain."""
    return chain[-1].args[1] if chain[-1].is_relation else chain[-1]
