"""Faults to plant: each operator yields the spots of a text to change.

An edit says from where to where, and what stands there instead.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import tokenize
from collections.abc import Iterator

from verify import prose
from verify.blocks import comment
from verify.comments import read
from verify.reading import Reading

Edit = tuple[int, int, str]
SWAPPED = {
    "+": "-", "-": "+", "*": "/", "/": "*", "**": "*", "@": "*",
    "<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "==",
}  # fmt: skip
# The last digit, or else the last letter.
LAST = re.compile(r"\d(?=\D*$)|\S(?=\s*$)")
# What a sentence must share with that of the other language, and what becomes
# of it.
SHARED = (
    (re.compile(r"(?<=\{#)[\w-]+(?=\}$)", re.MULTILINE), r"\g<0>-x"),
    (re.compile(r"(?<=#)[\w-]+(?=\))"), r"\g<0>-x"),
    (re.compile(r"(?<=\]\()[\w/]+\.md"), "notation.md"),
    (re.compile(r"(?<![$\\])\$([^$\n]+)\$"), r"$\g<1>'$"),
    # What has a source can be compared with the other language only.
    (re.compile(r"[^7\D](?=\D{0,12}<!-- source:)"), "7"),
    (re.compile(r"7(?=\D{0,12}<!-- source:)"), "2"),
    # An item, a row and a paragraph are gone.
    (re.compile(r"^ *(?:[-*]|\d+\.) .*\n(?: {2,}\S.*\n)*", re.MULTILINE), ""),
    (re.compile(r"^\|.*\|\n", re.MULTILINE), ""),
    (re.compile(r"(?<=\n\n)(?![\s#|<`$!?=:\-\[*])(?:[^\n]+\n)+"), ""),
)


def code(source: str) -> Iterator[Edit]:
    """Plant faults in Python: numbers, operators, signs and statements."""
    starts = prose.starts(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if new := _other(token):
            start, end = (starts[n - 1] + at for n, at in token[2:4])
            with contextlib.suppress(SyntaxError):
                if token.string in "**/@":  # no operators in @f and f(*x)
                    ast.parse(source[:start] + new + source[end:])
                yield start, end, new
    for node in ast.walk(ast.parse(source)):
        is_lone = isinstance(node, (ast.AugAssign, ast.Expr))
        if is_lone and not isinstance(node.value, ast.Constant):
            start = starts[node.lineno - 1] + node.col_offset
            end = start + len(ast.get_source_segment(source, node))
            yield start, end, "pass"


def comments(source: str) -> Iterator[Edit]:
    """Change what a comment beside code states.

    A shape gets another dimension, a derivative another variable, a formula
    another operator or number.
    """
    for beside in re.finditer(r"(?<=\S  )# *(.*)", source):
        said, at = read(beside[0]), beside.start(1)
        if said.shapes:
            inside = at + beside[1].rindex("(") + 1
            yield inside, inside, "2, "
        if said.variables:
            end = at + re.match(r"[^(]*\w", beside[1]).end()
            yield end, end, "2"
        if any(not isinstance(each, ast.Name) for each in said.formulas):
            for start, end, new in code(beside[1]):
                if new != "pass":
                    yield at + start, at + end, new


def outputs(reading: Reading) -> Iterator[Edit]:
    """Change the last digit, or letter, of each line that a page shows."""
    starts = prose.starts(reading.page.source)
    for block in reading.blocks:
        found = [each for each in block.fence.lines if comment(each)]
        if block.shown:
            found += [e for e in block.shown.lines if e.text.strip()]
        for line in found:
            place = starts[line.number - 1 : line.number + 1]
            yield _changed(reading.page.source, *place)


def numbers(reading: Reading) -> Iterator[Edit]:
    """Change the last digit of each number that is tied to code."""
    for tie in reading.ties:
        last = tie.literals[-1]
        yield _changed(reading.page.source, last.start, last.end)


def translations(reading: Reading) -> Iterator[Edit]:
    """Let a page say something else than its counterpart."""
    text = prose.sentences(reading.page)
    for pattern, template in SHARED:
        for match in pattern.finditer(text):
            new = match.expand(template)
            if new != match[0]:
                yield *match.span(), new


def _other(token: tokenize.TokenInfo) -> str | None:
    """Return what a number or an operator is taken for."""
    if token.type != tokenize.NUMBER:
        return SWAPPED.get(token.string)
    value = ast.literal_eval(token.string)
    return str(value + 1) if isinstance(value, int) else repr(value * 2 + 1)


def _changed(text: str, start: int, end: int) -> Edit:
    """Change the last digit between two places, or else the last letter."""
    at = LAST.search(text, start, end).start()
    is_digit = text[at].isdecimal()
    return at, at + 1, str((int(text[at]) + 5) % 10) if is_digit else "§"
