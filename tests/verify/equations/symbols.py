r"""What the names on a page stand for.

The kinds are those that the notation page explains. Names are kept as keys, a
normal form of their LaTeX: `\bar x` is `\bar{x}` and `w_t` is `w_{t}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from verify.equations.errors import EquationError

KIND = re.compile(
    r"(real|positive|unit|step|bit|simplex|ones|identity|size|func)"
    r"(?:\[([^\]]+)\])?|[01]\.\..+"
)
SEQUENCE = re.compile(r"(.+)_\{[a-z](,?[a-z])*\}")
SPACE = re.compile(r"\s+|\\[,;:! ]|~")
ARGUMENT = re.compile(
    r"([_^]|\\(?:(?:wide)?hat|bar|overline|tilde|vec|math\w+|boldsymbol)"
    r"(?![A-Za-z]))\s*(\\[A-Za-z]+(?:\{[^{}]*\})?|[A-Za-z0-9])"
)
CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Symbol:
    """A declared name.

    `shape` holds one (first index, last index) per dimension, as text such
    as ('1', 'n'); an index has its range there. A comment of a page declares
    names of its own.
    """

    key: str
    kind: str
    shape: tuple[tuple[str, str], ...] = ()
    is_own: bool = field(default=False, compare=False)

    @property
    def is_number(self) -> bool:
        """Whether it has a value (a scalar, a vector, a matrix)."""
        return self.kind not in ("size", "func", "index")


class Symbols(dict[str, Symbol]):
    """The names that are declared at one place of a page, by their keys."""

    def plus(self, more: Iterable[Symbol]) -> Symbols:
        """Return these names with others added, or declared anew."""
        return Symbols(self | {each.key: each for each in more})

    def vector(self, base: str, index: str) -> str | None:
        """Return the key of what b_k takes its element from, if b is `base`.

        A name that is declared with an index, such as `b_t : real[0..T]`, is
        kept as `b_`, beside the plain `b`. Where a page declares that as a
        vector too, the index tells which of the two is meant.
        """
        both = [self[key] for key in (base, f"{base}_") if key in self]
        found = [each for each in both if each.shape and each.is_number]
        shape = self[index].shape if index in self else None
        meant = [each for each in found[1:] if each.shape == shape] or found
        return meant[0].key if meant else None


def key(latex: str) -> str:
    r"""Return the normal form of a name: `w_t` gives `w_{t}`."""
    text = SPACE.sub("", ARGUMENT.sub(r"\1{\2}", latex))
    return re.sub(r"^\{(.*)\}$", r"\1", text)


def symbol(latex: str, kind: str) -> Symbol:
    """Return a symbol from its LaTeX and its kind, both as an author writes.

    Raises EquationError where the kind is none.
    """
    name, kind = key(latex), SPACE.sub("", kind)
    match = KIND.fullmatch(kind)
    if not match:
        raise EquationError(
            f"{kind!r} is no kind of symbol: write real, positive, unit, "
            "step, bit, size, func, 1..n, or real[n] and the like"
        )
    word, sizes = match.groups()
    if not word:
        return Symbol(name, "index", (_bounds(kind),))
    shape = tuple(map(_bounds, sizes.split(","))) if sizes else ()
    if word == "identity":
        shape *= 2  # identity[n] has n rows and n columns
    script = SEQUENCE.fullmatch(name) if shape else None
    return Symbol(f"{script[1]}_" if script else name, word, shape)


def declared(text: str) -> list[Symbol]:
    r"""Return the symbols of a comment's lines such as `w b : real`.

    Raises EquationError for a line that is no declaration.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        names, separator, kind = line.rpartition(" : ")
        if not separator:
            raise EquationError(f"write 'names : kind', not {line!r}")
        found += [symbol(name, kind) for name in names.split()]
    return [replace(each, is_own=True) for each in found]


def tabled(markdown: str) -> list[Symbol]:
    """Return the symbols of a page's tables that have a column of kinds.

    A row counts where its first cell holds formulas, and the next that holds
    code only is a kind.
    """
    found = []
    for line in markdown.splitlines():
        cells = [cell.strip() for cell in CELL.split(line)[1:-1]]
        in_code = [cell.strip("`") for cell in cells[1:] if cell[:1] == "`"]
        for kind in filter(KIND.fullmatch, in_code[:1]):
            names = re.findall(r"\$([^$]+)\$", cells[0])
            found += [symbol(name, kind) for name in names]
    return found


def _bounds(dimension: str) -> tuple[str, str]:
    low, separator, high = dimension.partition("..")
    return (low, high) if separator else ("1", dimension)
