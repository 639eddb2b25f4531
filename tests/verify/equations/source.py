"""The formulas of a page, in order, with the comments that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page
from verify.equations.directives import Directive, directive
from verify.equations.errors import EquationError
from verify.equations.symbols import Symbol, declared, tabled
from verify.prose import sentences

# A formula with the comment above or behind it, or what hides one.
PART = re.compile(
    r"(?:<!--\s*math:(?!\s*symbols\b)(?P<above>(?:(?!-->).)*)-->\s*)?"
    r"\$\$(?P<display>.+?)\$\$"
    r"|<!--(?P<comment>.*?)-->"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|\\\$"
    r"|\$(?P<inline>(?!\s)(?:[^$\\\n]|\\.|\n(?!\s*\n))+?(?<!\s))\$"
    r"(?:[*`]*<!--\s*(?P<behind>.*?)-->)?"
    r"|(?P<stray>\$|\\[(\[]|\\begin\{\w+\*?\})",
    re.DOTALL,
)
MATH = re.compile(r"\s*math:\s*(?P<content>.*)", re.DOTALL)
LIKE_MATH = re.compile(r"\s*(math|symbols|define|verify)", re.IGNORECASE)
BRACES = re.compile(r"\{[^{}]*\}")
RELATION = re.compile(
    r"[=<>≤≥≠≈∈]|\\(?:ne|neq|lt|gt|le|leq|leqslant|ge|geq|geqslant|approx"
    r"|leftarrow|gets|equiv|in|sim|propto|to|rightarrow|implies|iff)"
    r"(?![A-Za-z])"
)
STRAY = (
    "{} begins no formula: write $…$ in a sentence, $$ in lines of their "
    "own with an empty line above and below, and \\$ for a dollar"
)
ALONE = "no equation follows this comment, or stands right before it"
UNKNOWN = "write <!-- math: … -->: without 'math:' nobody reads this comment"


@dataclass(frozen=True)
class Equation:
    """A formula of a page; `line` is that of the first character of `latex`.

    Of the inline ones, those that state a relation are checked.
    """

    latex: str
    line: int
    directive: Directive
    is_claim: bool

    @property
    def display(self) -> bool:
        """Whether it stands in a line of its own."""
        return not self.directive.is_inline

    @property
    def kind(self) -> str:
        """What the report of a run counts it as."""
        is_wrong = self.directive.mode == "wrong"
        claim = "wrong" if is_wrong else "equation"
        return claim if self.is_claim else "test"


@dataclass(frozen=True)
class Declaration:
    """Symbols that a comment declares."""

    symbols: tuple[Symbol, ...]
    line: int


@dataclass(frozen=True)
class Misplaced:
    """Something that could not be read, or that stands at no formula."""

    message: str
    line: int


Item = Equation | Declaration | Misplaced


@dataclass(frozen=True)
class Source:
    """A page's items; the symbols of its tables stand first."""

    path: Path
    items: tuple[Item, ...]


def read(path: Path) -> Source:
    """Return the formulas of a page."""
    return of(page.read(path))


def of(read: page.Page) -> Source:
    """Return the formulas of a page that is read already."""
    text = sentences(read)
    symbols = tuple(tabled(text))
    first = [Declaration(symbols, 1)] if symbols else []
    return Source(Path(read.path), (*first, *items(text)))


def items(text: str) -> Iterator[Item]:
    """Yield the items of a page's text, its code blanked out."""
    for part in PART.finditer(text):
        line = text.count("\n", 0, part.start()) + 1
        try:
            if part["display"] or part["inline"]:
                yield from _equation(text, part)
            elif part["stray"]:
                raise EquationError(STRAY.format(part[0]))
            elif part["comment"]:
                yield from _comment(part["comment"], line)
        except EquationError as error:
            yield Misplaced(error.message, line)


def _comment(text: str, line: int) -> Iterator[Item]:
    math = MATH.fullmatch(text)
    if math and not math["content"].startswith("symbols"):
        raise EquationError(ALONE)
    if math:
        words = math["content"].removeprefix("symbols")
        yield Declaration(tuple(declared(words)), line)
    elif LIKE_MATH.match(text):
        raise EquationError(UNKNOWN)


def states_relation(latex: str) -> bool:
    """Whether an inline formula states a relation outside of braces."""
    while BRACES.search(latex):
        latex = BRACES.sub(" ", latex)
    return bool(RELATION.search(latex))


def _equation(text: str, part: re.Match) -> Iterator[Equation]:
    """Yield a formula; raise EquationError behind it where it is misplaced."""
    kind = "display" if part["display"] else "inline"
    latex, behind = part[kind], part["behind"] or ""
    math, before = MATH.fullmatch(behind), text[: part.start(kind)]
    content = math["content"] if math else part["above"] or ""
    is_claim = bool(content) or kind == "display" or states_relation(latex)
    asked, problem = Directive(), None
    try:
        asked = directive(content) if content else asked
    except EquationError as error:
        problem, is_claim = error, False
    if not math and LIKE_MATH.match(behind):
        problem = EquationError(UNKNOWN)
    is_tied = behind.startswith(("=", "source:"))
    asked = replace(asked, is_inline=kind == "inline", is_tied=is_tied)
    yield Equation(latex, before.count("\n") + 1, asked, is_claim)
    if problem:
        raise problem
