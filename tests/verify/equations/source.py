"""The formulas of a page, in order, with the comments that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page
from verify.equations.directives import Directive, comment
from verify.equations.errors import EquationError
from verify.equations.symbols import Symbol, tabled
from verify.prose import sentences

# A formula with the comment above or behind it, or what hides one.
PART = re.compile(
    r"(?:<!--(?P<above>\s*math:(?!\s*symbols\b)(?:(?!-->).)*)-->\s*)?"
    r"\$\$(?P<display>.+?)\$\$"
    r"|<!--(?P<comment>.*?)-->"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|\\\$"
    r"|\$(?P<inline>(?!\s)(?:[^$\\\n]|\\.|\n(?!\s*\n))+?(?<!\s))\$"
    r"(?:[*`]*<!--(?P<behind>(?!\s*math:\s*symbols\b).*?)-->)?"
    r"|(?P<stray>\$|\\[(\[]|\\begin\{\w+\*?\})",
    re.DOTALL,
)
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
    def is_definition(self) -> bool:
        """Whether its comment says that it defines something."""
        return self.directive.mode == "define"

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
        kind = "display" if part["display"] else "inline"
        said, problem = part["above"] or part["behind"] or part["comment"], ""
        try:
            asked = comment(said or "")
        except EquationError as error:
            asked, problem = None, error.message
        if latex := part[kind]:
            is_asked = kind == "display" or (asked and not asked.is_tied)
            is_claim = not problem and (is_asked or states_relation(latex))
            asked = replace(asked or Directive(), is_inline=kind == "inline")
            start = text.count("\n", 0, part.start(kind)) + 1
            yield Equation(latex, start, asked, is_claim)
        elif part["stray"]:
            problem = STRAY.format(part[0])
        elif asked and asked.symbols:
            yield Declaration(asked.symbols, line)
        elif asked and not asked.is_tied:
            problem = ALONE
        if problem:
            yield Misplaced(problem, line)


def states_relation(latex: str) -> bool:
    """Whether an inline formula states a relation outside of braces."""
    while BRACES.search(latex):
        latex = BRACES.sub(" ", latex)
    return bool(RELATION.search(latex))
