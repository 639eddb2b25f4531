r"""Formulas with one mistake in them, of the kind found in print.

Each is the author's own LaTeX with one spot changed: a part stands for the
whole (a term, factor, power, index, sign or parenthesis is lost), two sides
are exchanged, a symbol or index is another of its shape, a digit is one off, a
sign, relation or function is turned, a sum ends too early.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from verify.equations.formula import sides
from verify.equations.pages import examined, scopes
from verify.equations.reader import parse
from verify.equations.source import read
from verify.equations.symbols import Symbols
from verify.mutation.mutants import Edit
from verify.prose import starts

TURNED = {
    "+": "-", "-": "+", "<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le",
    r"\leq": r"\geq", r"\geq": r"\leq", r"\log": r"\exp", r"\exp": r"\log",
    r"\sin": r"\cos", r"\cos": r"\sin", r"\tanh": r"\sinh",
    r"\max": r"\min", r"\min": r"\max", r"\sum": r"\prod", r"\prod": r"\sum",
}  # fmt: skip
TOKEN = re.compile(r"\\[A-Za-z]+|[-+<>]")
COMMAND = re.compile(r"\\[A-Za-z]+$")
LIMIT = re.compile(r"\\(?:sum|prod)_\{[^{}]*\}\^(\{[^{}]+\}|\w)")
# Where nothing else of the same shape stands in a formula.
PARTNERS = {"w": "b", "b": "w", "x": "y", "y": "x", "z": "y", "e": "x",
            r"\ell": "e", "a": "y"}  # fmt: skip


def of_page(path: Path) -> Iterator[Edit]:
    """Plant mistakes in the formulas of a page that claim something."""
    text, source = path.read_text(encoding="utf-8"), read(path)
    for index, item in enumerate(source.items):
        if examined(source, index) in ("equation", "definition"):
            at = text.index(item.latex, starts(text)[item.line - 1])
            symbols = scopes(source)[index].symbols
            for start, end, new in formulas(item.latex, symbols):
                yield at + start, at + end, new


def formulas(latex: str, symbols: Symbols) -> Iterator[Edit]:
    """Yield what changes a formula, each result once.

    Some cannot be read at all; a check that refuses those has caught them.
    """
    seen = {latex}
    for start, end, new in _changes(latex, symbols):
        # A command ends before a letter.
        if new[:1].isalpha() and COMMAND.search(latex[:start]):
            new = f" {new}"
        if latex[end : end + 1].isalpha() and COMMAND.search(new):
            new += " "
        text = latex[:start] + new + latex[end:]
        if text not in seen:
            seen.add(text)
            yield start, end, new


def _changes(latex: str, symbols: Symbols) -> Iterator[Edit]:
    read = [side for each in parse(latex, symbols) for side in sides(each)]
    nodes = [node for side in read for node in side if node.span != (0, 0)]
    names = sorted({n.args[0] for n in nodes if n.op == "name"})
    indices = sorted({n.args[0] for n in nodes if n.op == "index"})
    for node in nodes:
        texts = [latex[slice(*part.span)] for part in node.nodes]
        for part, text in zip(node.nodes, texts, strict=True):
            if part.op != "index" and part.span != (0, 0):
                yield *node.span, text
        if node.op == "div":
            yield *node.span, rf"\frac{{{texts[1]}}}{{{texts[0]}}}"
        if node.op == "name" and symbols[node.args[0]].is_number:
            for other in _alike(node.args[0], names, symbols):
                yield *node.span, other
        if node.op == "index":
            for other in ("1", *indices):
                yield *node.span, other
    for digit in re.finditer(r"\d", latex):
        yield *digit.span(), str((int(digit[0]) + 1) % 10)
    for token in TOKEN.finditer(latex):
        if token[0] in TURNED:
            yield *token.span(), TURNED[token[0]]
    for limit in LIMIT.finditer(latex):
        yield *limit.span(1), f"{{{limit[1].strip('{}')} - 1}}"


def _alike(key: str, names: list[str], symbols: Symbols) -> list[str]:
    """Return symbols that a number could be mistaken for: of its shape."""
    shape = symbols[key].shape
    return [
        name.removesuffix("_")
        for name in dict.fromkeys([*names, PARTNERS.get(key, key)])
        if name != key and name in symbols
        if symbols[name].is_number and symbols[name].shape == shape
    ][:4]
