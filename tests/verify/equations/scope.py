"""What holds where a formula stands: symbols, definitions, places to try."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from verify.equations.formula import Node
from verify.equations.point import Point
from verify.equations.symbols import Symbol, Symbols
from verify.equations.value import Values

# At most about so many values of the free indices are tried at a point.
SEEDS, PLACES = range(6), 72
# What a symbol's elements are defined by: an index pattern (value.match), the
# parameters of a function, and the formula.
Clause = tuple[tuple[tuple[str, int], ...], tuple[str, ...], Node]


@dataclass(frozen=True)
class Scope:
    """The symbols and the definitions that hold at a place of a page."""

    symbols: Symbols = field(default_factory=Symbols)
    definitions: dict[str, tuple[Clause, ...]] = field(default_factory=dict)

    def declaring(self, more: Iterable[Symbol]) -> Scope:
        """Return the scope behind declarations.

        They end the definitions of their names, and where a name changes its
        kind, those that rest on it.
        """
        more = {each.key: each for each in more}
        changed = {k for k, s in more.items() if self.symbols.get(k, s) != s}
        kept = self.without(
            key
            for key in self.definitions
            if key in more or changed & self.reached([Node("name", (key,))])
        )
        return replace(kept, symbols=self.symbols.plus(more.values()))

    def without(self, keys: Iterable[str]) -> Scope:
        """Return the scope in which symbols are undefined."""
        gone, every = {*keys}, self.definitions.items()
        kept = {key: clauses for key, clauses in every if key not in gone}
        return replace(self, definitions=kept)

    def defining(self, key: str, clause: Clause) -> Scope:
        """Return the scope behind a definition; w_0 stands before w_t."""
        clauses = self.definitions.get(key, ())
        others = (c for c in clauses if not is_same(c[0], clause[0]))
        clauses = [*others, clause]
        clauses.sort(key=lambda c: bool(c[0] and c[0][0][0]))
        return replace(
            self, definitions={**self.definitions, key: tuple(clauses)}
        )

    def places(
        self, nodes: list[Node], seeds: Sequence[int] = SEEDS
    ) -> Iterator[Values]:
        """Yield values at points, for each choice of the free indices."""
        free = set().union(*(node.free() for node in nodes))
        names = sorted(free | self.hidden(nodes))
        for seed in seeds:
            point = Point(self.symbols, seed)
            every = list(product(*(point.ranges(n)[0] for n in names)))
            count = min(PLACES // len(seeds), len(every))
            for chosen in sorted(random.Random(seed).sample(every, count)):
                outer = dict(zip(names, chosen, strict=True))
                yield Values(point, self.definitions, outer)

    def reached(self, nodes: Iterable[Node], stop: str = "") -> set[str]:
        """Return all names on which values depend, as defined.

        The definition of `stop` is not looked into.
        """
        seen: set[str] = set()
        todo = [(node, ()) for node in nodes]
        while todo:
            node, own = todo.pop()
            names = {n.args[0] for n in node if n.op in ("name", "call")}
            new = names - seen - {*own}
            seen |= new
            for name in new - {stop}:
                clauses = self.definitions.get(name, ())
                todo += [(body, own) for _, own, body in clauses]
        return seen

    def clauses(self, nodes: Iterable[Node]) -> Iterator[Clause]:
        """Yield the definitions on which values depend."""
        for key in self.reached(nodes):
            yield from self.definitions.get(key, ())

    def depends(self, node: Node, key: str) -> bool:
        """Whether a value can change with a symbol's, as defined."""
        return key in self.reached([node], key)

    def hidden(self, nodes: Iterable[Node]) -> set[str]:
        """Return the indices that are free in definitions: a fixed class."""
        found: set[str] = set()
        for pattern, _, body in self.clauses(nodes):
            found |= body.free() - {name for name, _ in pattern}
        return found


def is_same(one: tuple, other: tuple) -> bool:
    """Whether two patterns define the same elements: not w_0 and w_{t+1}."""
    parts = [
        [(bool(name), shift) for name, shift in pattern if shift or not name]
        for pattern in (one, other)
    ]
    return parts[0] == parts[1]
