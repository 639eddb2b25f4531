"""Faults to plant: each operator yields the mutants of one text.

A mutant is the whole text with one fault, the line that it is in and what was
done. Nothing is planted twice, and nothing that leaves the text as it was.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.derivative_names import DERIVATIVES
from verify.shapes import SHAPE

OPERATORS = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.Pow: ("**", "*"),
    ast.MatMult: ("@", "*"),
}
COMPARISONS = {
    ast.Lt: ("<", ">="),
    ast.Gt: (">", "<="),
    ast.LtE: ("<=", ">"),
    ast.GtE: (">=", "<"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
}
OUTPUT = re.compile(r"^\s*#> ?(?P<text>.*\S)", re.MULTILINE)
NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?=[^\d\n<]{0,12}<!-- "
TIED = re.compile(NUMBER + "=)")
SOURCED = re.compile(NUMBER + "source:)")
DIGIT = re.compile(r"\d")
HEADING_ID = re.compile(r"^#+ .*\{#(?P<id>[\w-]+)\}", re.MULTILINE)
LINK = re.compile(r"\]\((?P<target>[^)\s#]*)(?:#(?P<anchor>[\w-]+))?\)")
INLINE = re.compile(r"(?<![$\\])\$(?P<tex>[^$\n]+)\$")
ITEM = re.compile(r"^ *(?:[-*]|\d+\.) .*\n(?:^ {2,}\S.*\n)*", re.MULTILINE)
CELL = re.compile(r"^\|.*\|\n", re.MULTILINE)
PARAGRAPH = re.compile(r"(?<=\n\n)(?![\s#|<`$!?=:\-\[*])[^\n]+\n(?:[^\n]+\n)*")


@dataclass(frozen=True)
class Mutant:
    """A text with one fault in it."""

    text: str
    line: int
    fault: str


def code(source: str) -> Iterator[Mutant]:
    """Plant faults in Python: numbers, operators, signs and statements."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    data = source.encode()

    def at(row: int, column: int) -> int:
        return starts[row - 1] + column

    def edit(node: ast.AST, begin: int, end: int, new: str) -> Mutant:
        text = (data[:begin] + new.encode() + data[end:]).decode()
        old = data[begin:end].decode()
        return Mutant(text, node.lineno, f"{old} → {new or 'nothing'}")

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and _is_number(node.value):
            begin = at(node.lineno, node.col_offset)
            end = at(node.end_lineno, node.end_col_offset)
            yield edit(node, begin, end, _other_number(node.value))
        elif isinstance(node, (ast.BinOp, ast.Compare)):
            yield from _operator(node, data, at, edit)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            begin = at(node.lineno, node.col_offset)
            yield edit(node, begin, begin + 1, "")
        elif isinstance(node, (ast.AugAssign, ast.Expr)):
            if isinstance(getattr(node, "value", None), ast.Constant):
                continue  # a docstring
            begin = at(node.lineno, node.col_offset)
            end = at(node.end_lineno, node.end_col_offset)
            yield edit(node, begin, end, "pass")


def _operator(node, data, at, edit) -> Iterator[Mutant]:
    if isinstance(node, ast.BinOp):
        known, operator, after = OPERATORS, node.op, node.right
        before = node.left
    else:
        known, operator, after = COMPARISONS, node.ops[0], node.comparators[0]
        before = node.left
    if type(operator) not in known:
        return
    old, new = known[type(operator)]
    begin = at(before.end_lineno, before.end_col_offset)
    end = at(after.lineno, after.col_offset)
    place = data.index(old.encode(), begin, end)
    yield edit(node, place, place + len(old), new)


def comments(source: str) -> Iterator[Mutant]:
    """Change each shape and derivative that a comment beside code states.

    A shape gets another dimension; the last derivative, another variable.
    """
    begin = 0
    for line in source.splitlines(keepends=True):
        code = line.rstrip("\n")
        match = SHAPE.search(code)
        if match and code[: match.start()].strip():
            place, sizes = begin + match.start("sizes"), match["sizes"]
            more = "2, " if sizes else "2,"
            yield Mutant(
                f"{source[:place]}{more}{source[place:]}",
                source.count("\n", 0, place) + 1,
                f"({sizes}) → ({more}{sizes})",
            )
        match = DERIVATIVES.search(code)
        if match and match.end() == len(code):
            place = begin + len(code)
            yield Mutant(
                f"{source[:place]}2{source[place:]}",
                source.count("\n", 0, place) + 1,
                f"{match[0]} → {match[0]}2",
            )
        begin += len(line)


def outputs(page: str) -> Iterator[Mutant]:
    """Change the last digit, or the last letter, of each shown output.

    A fence of text is one where it stands right below another fence.
    """
    spans = [match.span("text") for match in OUTPUT.finditer(page)]
    spans += [
        (begin, end)
        for begin, end in _fences(page, ("text", "output"))
        if page[begin:end].strip()
        and page[: page.rindex("```", 0, begin)].rstrip().endswith("```")
    ]
    samples = _fences(page, ("markdown",))
    for begin, end in spans:
        if not _is_inside(begin, samples):
            yield _changed(page, begin, end)


def numbers(page: str) -> Iterator[Mutant]:
    """Change the last digit of each number that is tied to code."""
    return _numbers(page, TIED)


def sourced(page: str) -> Iterator[Mutant]:
    """Change the last digit of each number that has a source."""
    return _numbers(page, SOURCED)


def _numbers(page: str, pattern: re.Pattern) -> Iterator[Mutant]:
    fences = _inside_fences(page)
    for match in pattern.finditer(page):
        if not _is_inside(match.start(), fences):
            yield _changed(page, match.start("number"), match.end("number"))


def translations(page: str) -> Iterator[Mutant]:
    """Let a page say something else than its counterpart."""
    inside = _inside_fences(page)

    def edit(begin: int, end: int, new: str, fault: str) -> Iterator[Mutant]:
        if not _is_inside(begin, inside):
            text = page[:begin] + new + page[end:]
            yield Mutant(text, page.count("\n", 0, begin) + 1, fault)

    for match in HEADING_ID.finditer(page):
        end = match.end("id")
        yield from edit(end, end, "-x", f"the id {match['id']} is another")
    for match in LINK.finditer(page):
        if match["anchor"]:
            end = match.end("anchor")
            fault = f"a link goes to another anchor than {match['anchor']}"
            yield from edit(end, end, "-x", fault)
        elif match["target"].endswith(".md"):
            fault = f"a link to {match['target']} goes to notation.md"
            if match["target"] != "notation.md":
                yield from edit(*match.span("target"), "notation.md", fault)
    for match in INLINE.finditer(page):
        yield from edit(
            match.end("tex"),
            match.end("tex"),
            "'",
            f"a prime on ${match['tex']}$",
        )
    for name, pattern in (
        ("list item", ITEM),
        ("row", CELL),
        ("paragraph", PARAGRAPH),
    ):
        for match in pattern.finditer(page):
            fault = f"the {name} {match[0].strip()[:24]!r} is gone"
            yield from edit(*match.span(), "", fault)


def _fences(page: str, languages: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where the content of the fences of some languages stands."""
    names = "|".join(languages)
    fence = re.compile(
        rf"^(?P<i> *)(?P<f>`{{3,}})(?:{names})\b[^\n]*\n"
        r"(?P<body>.*?)^(?P=i)(?P=f)$",
        re.MULTILINE | re.DOTALL,
    )
    return [match.span("body") for match in fence.finditer(page)]


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(begin <= place < end for begin, end in spans)


def _inside_fences(page: str) -> list[tuple[int, int]]:
    fence = re.compile(
        r"^ *(?P<f>`{3,}|~{3,})[^\n]*\n.*?^ *(?P=f) *$|\$\$.*?\$\$"
        r"|\A---\n.*?\n---\n",
        re.MULTILINE | re.DOTALL,
    )
    return [match.span() for match in fence.finditer(page)]


def _changed(text: str, begin: int, end: int) -> Mutant:
    """Return the text with the last digit of a part, or its end, changed."""
    part = text[begin:end]
    digits = list(DIGIT.finditer(part))
    if digits:
        place = begin + digits[-1].start()
        new = str((int(text[place]) + 5) % 10)
    else:
        place = begin + len(part.rstrip()) - 1
        new = "x" if text[place] != "x" else "y"
    changed = text[:place] + new + text[place + 1 :]
    line = text.count("\n", 0, place) + 1
    return Mutant(
        changed, line, f"{part.strip()[-40:]!r}: {text[place]} → {new}"
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _other_number(value: float) -> str:
    return str(value + 1) if isinstance(value, int) else repr(value * 2 + 1)
