"""Faults to plant: each operator yields the mutants of one text.

A mutant is the whole text with one spot changed, the line of the spot and what
was done there.
"""

from __future__ import annotations

import ast
import io
import itertools
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from verify import prose
from verify.blocks import comment
from verify.comments import read
from verify.reading import Reading

SWAPPED = {
    "+": "-", "-": "+", "*": "/", "/": "*", "**": "*", "@": "*",
    "<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "==",
}  # fmt: skip
LAST = re.compile(r"\d(?=\D*$)")
# What a sentence must share with that of the other language, and what becomes
# of it.
SHARED = (
    (re.compile(r"(?<=\{#)[\w-]+(?=\}$)", re.MULTILINE), r"\g<0>-x"),
    (re.compile(r"(?<=#)[\w-]+(?=\))"), r"\g<0>-x"),
    (re.compile(r"(?<=\]\()[\w/]+\.md"), "notation.md"),
    (re.compile(r"(?<![$\\])\$([^$\n]+)\$"), r"$\g<1>'$"),
    # An item, a row and a paragraph are gone.
    (re.compile(r"^ *(?:[-*]|\d+\.) .*\n(?: {2,}\S.*\n)*", re.MULTILINE), ""),
    (re.compile(r"^\|.*\|\n", re.MULTILINE), ""),
    (re.compile(r"(?<=\n\n)(?![\s#|<`$!?=:\-\[*])(?:[^\n]+\n)+"), ""),
)
SOURCED = re.compile(r"\d(?=\D{0,12}<!-- source:)")


@dataclass(frozen=True)
class Mutant:
    """A text with one fault in it."""

    text: str
    line: int
    fault: str


def edited(text: str, start: int, end: int, new: str) -> Mutant:
    """Return the mutant that has something else at one spot."""
    old = " ".join(text[start:end].split())[:40]
    line = text.count("\n", 0, start) + 1
    fault = f"{old} → {new or 'nothing'}"
    return Mutant(text[:start] + new + text[end:], line, fault)


def code(source: str) -> Iterator[Mutant]:
    """Plant faults in Python: numbers, operators, signs and statements."""
    lines = source.splitlines(keepends=True)
    starts = [0, *itertools.accumulate(map(len, lines))]
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if new := _other(token):
            start = starts[token.start[0] - 1] + token.start[1]
            found = edited(source, start, start + len(token.string), new)
            if _compiles(found.text):  # `*` is no operator in f(*x)
                yield found
    for node in ast.walk(ast.parse(source)):
        is_lone = isinstance(node, (ast.AugAssign, ast.Expr))
        if is_lone and not isinstance(node.value, ast.Constant):
            start = starts[node.lineno - 1] + node.col_offset
            end = start + len(ast.get_source_segment(source, node))
            yield edited(source, start, end, "pass")


def comments(source: str) -> Iterator[Mutant]:
    """Change what a comment beside code states.

    A shape gets another dimension, a derivative another variable, a formula
    another operator or number.
    """
    for beside in re.finditer(r"(?<=\S  )#.*", source):
        said = read(beside[0])
        if said.shapes:
            at, new = beside.start() + beside[0].rindex("(") + 1, "2, "
            yield edited(source, at, at, new)
        if said.variables:
            end = beside.start() + re.match(r"[^(]*\w", beside[0]).end()
            yield edited(source, end, end, "2")
        if any(not isinstance(each, ast.Name) for each in said.formulas):
            found = code(beside[0].strip("# "))
            for each in (e for e in found if e.text != "pass"):
                text = source[: beside.start()] + "# " + each.text.rstrip()
                line = source.count("\n", 0, beside.start()) + 1
                text += source[beside.end() :]
                yield Mutant(text, line, each.fault)


def outputs(reading: Reading) -> Iterator[Mutant]:
    """Change the last digit, or letter, of each output that a page shows."""
    lines = reading.page.source.splitlines(keepends=True)
    starts = [0, *itertools.accumulate(map(len, lines))]
    for block in reading.blocks:
        found = [e for e in block.fence.lines if comment(e)]
        if block.shown:
            found += [e for e in block.shown.lines if e.text.strip()][-1:]
        for line in found:
            start, end = starts[line.number - 1], starts[line.number]
            yield _changed(reading.page.source, start, end)


def numbers(reading: Reading) -> Iterator[Mutant]:
    """Change the last digit of each number that is tied to code."""
    for tie in reading.ties:
        last = tie.literals[-1]
        yield _changed(reading.page.source, last.start, last.end)


def sourced(reading: Reading) -> Iterator[Mutant]:
    """Change the last digit of each number that has a source."""
    for match in SOURCED.finditer(prose.sentences(reading.page)):
        yield _changed(reading.page.source, *match.span())


def translations(reading: Reading) -> Iterator[Mutant]:
    """Let a page say something else than its counterpart."""
    text = prose.sentences(reading.page)
    for pattern, template in SHARED:
        for match in pattern.finditer(text):
            new = match.expand(template)
            if new != match[0]:
                yield edited(reading.page.source, *match.span(), new)


def _other(token: tokenize.TokenInfo) -> str | None:
    """Return what a number or an operator is taken for."""
    if token.type != tokenize.NUMBER:
        return SWAPPED.get(token.string)
    value = ast.literal_eval(token.string)
    return str(value + 1) if isinstance(value, int) else repr(value * 2 + 1)


def _compiles(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _changed(text: str, start: int, end: int) -> Mutant:
    """Change the last digit between two places, or else the last letter."""
    part = text[start:end].rstrip()
    digit = LAST.search(part)
    at = start + (digit.start() if digit else len(part) - 1)
    new = str((int(text[at]) + 5) % 10) if digit else "§"
    return edited(text, at, at + 1, new)
