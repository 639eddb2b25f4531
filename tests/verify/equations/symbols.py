r"""What the names on a page stand for.

A kind is one of

    real positive unit step bit      numbers: any, > 0, in (0, 1), a learning
                                     rate, 0 or 1
    real[n]  real[n,d]               vectors and matrices of them; a sequence
                                     that begins with 0 is real[0..T]
    simplex[K]                       K positive numbers that sum to 1
    ones[n]  identity[n]             the vector of ones, the unit matrix
    1..n  0..T                       an index
    size                             a count
    func                             a function

Names are kept as keys, a normal form of their LaTeX: `\bar x` is `\bar{x}`
and `w_t` is `w_{t}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from verify.equations.errors import EquationError

NUMBERS = ("real", "positive", "unit", "step", "bit", "simplex")
KIND = re.compile(
    r"(?P<kind>real|positive|unit|step|bit|simplex|ones|identity)"
    r"(?:\[(?P<shape>[^\]]*)\])?"
)
RANGE = re.compile(r"(?P<low>[01])\.\.(?P<high>.+)")
TOKEN = re.compile(
    r"\\(?:[A-Za-z]+\*?|.)|[A-Za-z0-9]|[{}_^']|[^\sA-Za-z0-9\\{}_^']"
)
SPACES = {"\\,", "\\;", "\\:", "\\!", "\\ ", "~"}
DECORATION = re.compile(
    r"\\(hat|widehat|bar|overline|tilde|widetilde|vec|dot|math\w+|boldsymbol"
    r"|operatorname|text\w*)$"
)


@dataclass(frozen=True)
class Symbol:
    """A declared name.

    `shape` holds one (first index, last index) per dimension, as text such
    as ('1', 'n'); an index has its range there.
    """

    key: str
    kind: str
    shape: tuple[tuple[str, str], ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it has a value (a scalar, a vector, a matrix)."""
        return self.kind in (*NUMBERS, "ones", "identity")


@dataclass(frozen=True)
class Symbols(Mapping[str, Symbol]):
    """The names that are declared at one place of a page."""

    table: dict[str, Symbol] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Symbol:
        """Return a symbol by its key."""
        return self.table[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys in the order of declaration."""
        return iter(self.table)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self.table)

    def plus(self, more: Iterable[Symbol]) -> Symbols:
        """Return these names with others added, or declared anew."""
        return Symbols(self.table | {each.key: each for each in more})

    def vector(self, base: str) -> Symbol | None:
        """Return what x_i takes its element from, if `base` is x.

        A name that is declared with an index, such as `w_t : real[0..T]`,
        lives beside the plain `w`.
        """
        found = self.table.get(base + "_") or self.table.get(base)
        shaped = found and found.shape and found.kind != "index"
        return found if shaped else None


def key(latex: str) -> str:
    r"""Return the normal form of a name: `w_t` gives `w_{t}`."""
    tokens = [t for t in TOKEN.findall(latex) if t not in SPACES]
    parts: list[str] = []
    while tokens:
        token = tokens.pop(0)
        parts.append(token)
        wants = token in "_^" or DECORATION.match(token)
        if wants and tokens and tokens[0] != "{":
            end = tokens.index("}") + 1 if tokens[1:2] == ["{"] else 1
            tokens[:end] = ["{", *tokens[:end], "}"]
    text = "".join(
        t + " " if t[-1].isalpha() and len(t) > 1 and u[0].isalpha() else t
        for t, u in zip(parts, [*parts[1:], " "], strict=True)
    )
    return re.sub(r"^\{(.*)\}$", r"\1", text)


def symbol(latex: str, kind: str) -> Symbol:
    """Return a symbol from its LaTeX and its kind, both as an author writes.

    Raises EquationError where the kind is none.
    """
    name, kind = key(latex.strip()), kind.strip().replace(" ", "")
    if kind in ("size", "func"):
        return Symbol(name, kind)
    if match := RANGE.fullmatch(kind):
        return Symbol(name, "index", ((match["low"], match["high"]),))
    match = KIND.fullmatch(kind)
    if not match:
        raise EquationError(
            f"{kind!r} is no kind of symbol: write real, positive, unit, "
            "step, bit, size, func, 1..n, or real[n] and the like"
        )
    shape = tuple(map(_bounds, (match["shape"] or "").split(",")))
    if match["shape"] is None:
        return Symbol(name, match["kind"])
    script = re.fullmatch(r"(.+)_\{([a-z](,?[a-z])*)\}", name)
    if script:  # w_t : real[0..T]
        name = script[1] + "_"
    return Symbol(name, match["kind"], shape)


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
    return found


def tabled(markdown: str) -> list[Symbol]:
    """Return the symbols of a page's tables that have a column of kinds.

    A row counts where one cell is a formula and a later one, in backticks,
    is a kind.
    """
    found = []
    for line in markdown.splitlines():
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        names = re.findall(r"\$([^$]+)\$", cells[0]) if cells else []
        for cell in cells[1:] if names else ():
            match = re.fullmatch(r"`([^`]+)`", cell)
            if match and _is_kind(match[1]):
                found += [symbol(name, match[1]) for name in names]
                break
    return found


def _is_kind(text: str) -> bool:
    plain = text.replace(" ", "")
    return (
        plain in ("size", "func")
        or bool(RANGE.fullmatch(plain))
        or bool(KIND.fullmatch(plain))
    )


def _bounds(dimension: str) -> tuple[str, str]:
    low, separator, high = dimension.partition("..")
    return (low, high) if separator else ("1", dimension)
