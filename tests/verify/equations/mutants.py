r"""Equations with one mistake planted in them, of the kind found in print.

Each mutant is the author's own LaTeX with one spot changed: a sign flipped, a
factor, power, index, parenthesis or transpose lost, a symbol taken for
another, a constant one off, a fraction upside down, a sum with one term more
or less, a derivative by the wrong variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.equations import tree as t
from verify.equations.build import parse
from verify.equations.errors import EquationError
from verify.equations.printer import latex
from verify.equations.symbols import Symbols

FUNCTIONS = {
    "log": "exp", "exp": "log", "tanh": "sinh", "sin": "cos", "cos": "sin",
    "max": "min", "min": "max", "sum": "prod", "prod": "sum",
}  # fmt: skip
RELATIONS = {
    r"\le": r"\ge", r"\ge": r"\le", "<": ">", ">": "<", r"\leq": r"\geq",
    r"\geq": r"\leq", r"\ne": "=", r"\neq": "=",
}  # fmt: skip
# Where nothing else of the same shape stands in an equation.
PARTNERS = {"w": "b", "b": "w", "x": "y", "y": "x", "z": "y", "e": "x",
            r"\ell": "e", "a": "y"}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """An equation's LaTeX with one mistake, and the mistake's name."""

    mistake: str
    latex: str


def mutants(source: str, symbols: Symbols, define: bool) -> list[Mutant]:
    """Return the mutants of an equation that read differently from it.

    Some cannot be read at all; a check that refuses those has caught them.
    """
    original = parse(source, symbols, define)
    found: dict[str, Mutant] = {}
    for mistake, text in _Planter(source, original, symbols).all():
        if text in found or _same(text, original, symbols, define):
            continue
        found[text] = Mutant(mistake, text)
    return list(found.values())


def _same(text: str, original: t.Formula, symbols, define: bool) -> bool:
    try:
        return parse(text, symbols, define) == original
    except EquationError:
        return False


class _Planter:
    """Plants one mistake at a time into a source."""

    def __init__(self, source: str, formula: t.Formula, symbols: Symbols):
        self.source = source
        self.symbols = symbols
        self.formula = formula
        self.names = sorted(
            {n.key for n in t.walk(formula) if isinstance(n, t.Name)}
        )
        self.indices = sorted(
            {n.name for n in t.walk(formula) if isinstance(n, t.Bound)}
        )

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield (mistake, text) for every node."""
        # A side shared by two steps of a chain is walked once.
        seen: set[tuple] = set()
        for node in t.walk(self.formula):
            mark = (type(node), node.span)
            if node.span == (0, 0) or mark in seen:
                continue
            seen.add(mark)
            yield from self.node(node)
        yield from self.relations()

    def node(self, node: t.Node) -> Iterator[tuple[str, str]]:
        """Yield the mistakes that can be made at a node."""
        yield from self.parentheses(node)
        match node:
            case t.Add(left, right) | t.Sub(left, right):
                yield "sign", self.flipped(left, right)
                yield "lost term", self.put(node, left)
            case t.Neg(body):
                yield "sign", self.put(node, body)
            case t.Mul(left, right) | t.Hadamard(left, right):
                yield "lost factor", self.put(node, left)
                yield "lost factor", self.put(node, right)
            case t.Div(top, bottom):
                upside = rf"\frac{{{self.text(bottom)}}}{{{self.text(top)}}}"
                yield "fraction upside down", self.put(node, upside)
                yield "lost denominator", self.put(node, top)
            case t.Pow(base, exponent):
                yield "lost power", self.put(node, base)
                raised = f"{self.text(base)}^{{{self.text(exponent)} + 1}}"
                yield "power", self.put(node, raised)
            case t.Transpose(base):
                yield "lost transpose", self.put(node, base)
            case t.Abs(body) | t.Sqrt(body, None):
                yield "lost function", self.put(node, f"({latex(body)})")
            case t.Num():
                yield "constant", self.put(node, _next(node.text, 1))
                if node.text not in "01":
                    yield "constant", self.put(node, _next(node.text, -1))
            case t.Name(key):
                for other in self.others(key):
                    yield "symbol", self.put(node, other)
            case t.Index(base, indices):
                yield from self.index(node, base, indices)
            case _:
                yield from self.operator(node)

    def operator(self, node: t.Node) -> Iterator[tuple[str, str]]:
        """Yield the mistakes at sums, functions and derivatives."""
        match node:
            case t.Big(operator, _, _, high, _):
                yield from self.function(node, operator)
                if high is not None and high.span != (0, 0):
                    text = self.text(high)
                    shorter = f"{{{text} - 1}}"
                    if self.source[high.span[0] - 1] == "{":
                        shorter = shorter[1:-1]
                    yield "upper limit", self.put(high, shorter)
            case t.Apply(function, _):
                yield from self.function(node, function)
            case t.Call(_, _, primes) if primes:
                text = self.text(node)
                yield "lost prime", self.put(node, text.replace("'", "", 1))
            case t.Derivative(_, variables) | t.Gradient(_, variables):
                for variable in variables:
                    key = getattr(variable, "key", None)
                    for other in self.others(key) if key else ():
                        yield "wrong variable", self.put(variable, other)
            case t.Optimum(operator, _, _, _):
                yield from self.function(node, operator)

    def function(self, node: t.Node, name: str) -> Iterator[tuple[str, str]]:
        """Yield a function taken for another."""
        if name in FUNCTIONS:
            text = self.text(node)
            other = text.replace("\\" + name, "\\" + FUNCTIONS[name], 1)
            yield "function", self.put(node, other)

    def index(self, node, base, indices) -> Iterator[tuple[str, str]]:
        """Yield an element taken for another, or for the whole."""
        if not isinstance(base, t.Name):
            return
        name = base.key.removesuffix("_")
        yield "lost index", self.put(node, name)
        for other in self.others(base.key):
            text = self.text(node)
            yield "symbol", self.put(node, other + text[len(name) :])
        if len(indices) == 1:
            for other in ("1", *self.indices):
                if f"_{other}" not in self.text(node):
                    yield "index", self.put(node, f"{name}_{{{other}}}")

    def others(self, key: str) -> list[str]:
        """Return symbols that one could be mistaken for: of its shape."""
        symbol = self.symbols[key]
        if not symbol.is_number:
            return []
        alike = [
            name
            for name in self.names
            if name != key
            and self.symbols[name].is_number
            and self.symbols[name].shape == symbol.shape
        ]
        partner = PARTNERS.get(key)
        if (
            partner in self.symbols
            and partner not in alike
            and self.symbols[partner].shape == symbol.shape
        ):
            alike.append(partner)
        return [name.removesuffix("_") for name in alike[:3]]

    def parentheses(self, node: t.Node) -> Iterator[tuple[str, str]]:
        """Yield the formula without a pair of parentheses."""
        text = self.text(node)
        sums = t.Add | t.Sub | t.Neg
        if isinstance(node, sums) and _enclosed(text):
            yield "lost parentheses", self.put(node, text[1:-1])

    def relations(self) -> Iterator[tuple[str, str]]:
        """Yield the formula with an inequality turned round."""
        for match in re.finditer(r"\\(?:le|ge|ne)q?(?![A-Za-z])|[<>]",
                                 self.source):  # fmt: skip
            other = RELATIONS[match[0]]
            yield (
                "relation",
                (
                    self.source[: match.start()]
                    + other
                    + self.source[match.end() :]
                ),
            )

    def flipped(self, left: t.Node, right: t.Node) -> str:
        """Return the source with the sign between two terms flipped."""
        start, end = left.span[1], right.span[0]
        between = self.source[start:end]
        table = str.maketrans("+-", "-+")
        return (
            self.source[:start] + between.translate(table) + self.source[end:]
        )

    def text(self, node: t.Node) -> str:
        """Return a node's own LaTeX."""
        return self.source[slice(*node.span)]

    def put(self, node: t.Node, new: t.Node | str) -> str:
        """Return the source with other LaTeX in a node's place.

        A part of the node that takes its place keeps the node's parentheses.
        """
        start, end = node.span
        text = new if isinstance(new, str) else self.text(new)
        if not isinstance(new, str) and _enclosed(self.text(node)):
            text = f"({text})"
        before, after = self.source[:start], self.source[end:]
        if re.search(r"\\[A-Za-z]+$", before) and text[:1].isalpha():
            text = " " + text
        if re.search(r"\\[A-Za-z]+$", text) and after[:1].isalpha():
            text += " "
        return before + text + after


def _enclosed(text: str) -> bool:
    """Whether one pair of parentheses encloses a text."""
    depth = 0
    for place, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return text[:1] == "(" and place == len(text) - 1
    return False


def _next(text: str, step: int) -> str:
    """Return a number with its last digit one up or down."""
    digits = text.rstrip("%")
    places = len(digits.partition(".")[2])
    moved = f"{float(digits) + step * 10.0**-places:.{places}f}"
    return moved + (r"\%" if text.endswith("%") else "")
