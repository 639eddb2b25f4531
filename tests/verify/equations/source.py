"""The equations of a page, in order, with the comments that go with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page
from verify.equations.directives import Directive, directive
from verify.equations.errors import EquationError
from verify.equations.symbols import Symbol, declared, tabled
from verify.prose import sentences

# What may begin an equation, and what hides one.
PART = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|\\\$"
    r"|\$\$(?P<display>.+?)\$\$"
    r"|\$(?P<inline>(?!\s)(?:[^$\\\n]|\\.|\n(?!\s*\n))+?(?<!\s))\$",
    re.DOTALL,
)
MATH = re.compile(r"\s*math:(?P<content>.*)", re.DOTALL)
BRACES = re.compile(r"\{[^{}]*\}")
RELATION = re.compile(
    r"[=<>]|\\(?:ne|neq|lt|gt|le|leq|leqslant|ge|geq|geqslant|approx"
    r"|leftarrow|gets|equiv|in|sim|propto|to|rightarrow|implies|iff)"
    r"(?![A-Za-z])"
)


@dataclass(frozen=True)
class Equation:
    """An equation of a page.

    `line` is that of the first character of `latex`; `tied` says that a
    comment right behind an inline equation ties its number to code.
    """

    latex: str
    line: int
    display: bool
    directive: Directive
    marked: bool = False
    tied: bool = False


@dataclass(frozen=True)
class Declaration:
    """Symbols that a comment declares."""

    symbols: tuple[Symbol, ...]
    line: int


@dataclass(frozen=True)
class Misplaced:
    """A comment that could not be read, or that stands at no equation."""

    message: str
    line: int


Item = Equation | Declaration | Misplaced


@dataclass(frozen=True)
class Source:
    """A page's items, and the symbols of its tables."""

    path: Path
    items: tuple[Item, ...]
    tabled: tuple[Symbol, ...]


def read(path: Path) -> Source:
    """Return the equations of a page."""
    return of(page.read(path))


def of(read: page.Page) -> Source:
    """Return the equations of a page that is read already."""
    text = sentences(read)
    return Source(Path(read.path), tuple(items(text)), tuple(tabled(text)))


def of_notebook(path: Path) -> Source:
    """Return the equations of a notebook's Markdown; lines count cells."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [
        replace(item, line=number)
        for number, cell in enumerate(cells, 1)
        if cell["cell_type"] == "markdown"
        for item in items("".join(cell["source"]))
    ]
    return Source(path, tuple(found), ())


def items(text: str) -> list[Item]:
    """Return the items of a page's text, its code blanked out."""
    return list(_items(text))


def states_relation(latex: str) -> bool:
    """Whether an inline formula states a relation outside of braces."""
    while BRACES.search(latex):
        latex = BRACES.sub(" ", latex)
    return bool(RELATION.search(latex))


def _items(text: str) -> Iterator[Item]:
    parts = list(PART.finditer(text))
    taken: set[int] = set()

    def line(position: int) -> int:
        return text.count("\n", 0, position) + 1

    for n, part in enumerate(parts):
        if part["comment"] is not None and n not in taken:
            yield from _comment(text, parts, n, line, taken)
        elif part["display"] is not None:
            yield from _display(text, parts, n, line)
        elif part["inline"] is not None:
            yield from _inline(text, parts, n, line, taken)


def _comment(text, parts, n, line, taken) -> Iterator[Item]:
    content = _math(parts[n])
    if content is None:
        return
    at = line(parts[n].start())
    if content.split(maxsplit=1)[:1] == ["symbols"]:
        try:
            symbols = declared(content.strip().removeprefix("symbols"))
        except EquationError as error:
            yield Misplaced(error.message, at)
        else:
            yield Declaration(tuple(symbols), at)
        return
    following = parts[n + 1] if n + 1 < len(parts) else None
    if (
        following is None
        or following["display"] is None
        or (text[parts[n].end() : following.start()].strip())
    ):
        yield Misplaced(
            "no equation follows this comment, or stands right before it", at
        )


def _display(text, parts, n, line) -> Iterator[Item]:
    asked, marked = Directive(), False
    before = parts[n - 1] if n else None
    start = parts[n].start("display")
    if before is not None and before["comment"] is not None:
        content = _math(before)
        adjacent = not text[before.end() : parts[n].start()].strip()
        symbols = (content or "").split(maxsplit=1)[:1] == ["symbols"]
        if content is not None and adjacent and not symbols:
            try:
                asked, marked = directive(content), True
            except EquationError as error:
                yield Misplaced(error.message, line(before.start()))
    latex = parts[n]["display"]
    yield Equation(latex, line(start), True, asked, marked)


def _inline(text, parts, n, line, taken) -> Iterator[Item]:
    asked, marked, tied = Directive(), False, False
    following = parts[n + 1] if n + 1 < len(parts) else None
    if (
        following is not None
        and following["comment"] is not None
        and not text[parts[n].end() : following.start()].strip("*`")
    ):
        content = _math(following)
        tied = following["comment"].lstrip().startswith(("=", "source:"))
        if content is not None:
            taken.add(n + 1)
            try:
                asked, marked = directive(content), True
            except EquationError as error:
                yield Misplaced(error.message, line(following.start()))
    latex = parts[n]["inline"]
    if marked or states_relation(latex):
        start = line(parts[n].start("inline"))
        yield Equation(latex, start, False, asked, marked, tied)


def _math(part: re.Match) -> str | None:
    match = MATH.fullmatch(part["comment"] or "")
    return match["content"] if match else None
