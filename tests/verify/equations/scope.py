"""What holds where a formula stands: symbols, definitions, places to try."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from verify.equations.definition import Definition
from verify.equations.formula import Node
from verify.equations.point import Point
from verify.equations.symbols import Symbol, Symbols
from verify.equations.value import Values

# At most about so many values of the free indices are tried at a point.
SEEDS, PLACES = range(6), 72


@dataclass(frozen=True)
class Scope:
    """The symbols and the definitions that hold at a place of a page."""

    symbols: Symbols = field(default_factory=Symbols)
    definitions: dict[str, Definition] = field(default_factory=dict)

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
        kept = {key: known for key, known in every if key not in gone}
        return replace(self, definitions=kept)

    def defining(self, new: Definition) -> Scope:
        """Return the scope behind a definition."""
        return replace(self, definitions={**self.definitions, new.key: new})

    def places(
        self, nodes: list[Node], seeds: Sequence[int] = SEEDS
    ) -> Iterator[Values]:
        """Yield values at points, for each choice of the free indices."""
        free = [node.free() for node in nodes]
        loose = [each.loose for each in self.defined(nodes)]
        names = sorted(set().union(*free, *loose))
        for seed in seeds:
            point = Point(self.symbols, seed)
            every = list(product(*(point.ranges(n)[0] for n in names)))
            count = min(PLACES // len(seeds), len(every))
            shared: dict = {}
            for chosen in sorted(random.Random(seed).sample(every, count)):
                outer = dict(zip(names, chosen, strict=True))
                known = {} if any(loose) else shared
                yield Values(point, self.definitions, outer, known)

    def reached(self, nodes: Iterable[Node], stop: str = "") -> set[str]:
        """Return all names on which values depend, as defined.

        The definition of `stop` is not looked into.
        """
        seen: set[str] = set()
        todo = [(node, "") for node in nodes]
        while todo:
            node, own = todo.pop()
            names = {n.args[0] for n in node if n.op in ("name", "call")}
            new = names - seen - {own}
            seen |= new
            for name in new & {*self.definitions} - {stop}:
                known = self.definitions[name]
                todo.append((known.body, known.parameter))
        return seen

    def defined(self, nodes: Iterable[Node]) -> list[Definition]:
        """Return the definitions on which values depend."""
        known = self.definitions
        return [known[key] for key in self.reached(nodes) if key in known]

    def depends(self, node: Node, key: str) -> bool:
        """Whether a value can change with a symbol's, as defined."""
        return key in self.reached([node], key)
