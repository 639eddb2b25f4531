r"""Formulas with one mistake planted in them, of the kind found in print.

Each is the author's own LaTeX with one spot changed: a sign flipped, a
factor, power, index, parenthesis or transpose lost, a symbol taken for
another, a constant one off, a fraction upside down, a sum with one term less,
a derivative by the wrong variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.equations.errors import EquationError
from verify.equations.formula import Node
from verify.equations.reader import parse
from verify.equations.symbols import Symbols

SWAPPED = {
    "log": "exp", "exp": "log", "tanh": "sinh", "sin": "cos", "cos": "sin",
    "max": "min", "min": "max", "sum": "prod", "prod": "sum",
    "argmin": "max", "argmax": "min",
}  # fmt: skip
TURNED = {
    r"\le": r"\ge", r"\ge": r"\le", "<": ">", ">": "<", r"\ne": "=",
    r"\leq": r"\geq", r"\geq": r"\leq", r"\neq": "=",
}  # fmt: skip
# Where nothing else of the same shape stands in an equation.
PARTNERS = {"w": "b", "b": "w", "x": "y", "y": "x", "z": "y", "e": "x",
            r"\ell": "e", "a": "y"}  # fmt: skip
FLIPPED = str.maketrans("+-", "-+")


def mutants(source: str, symbols: Symbols) -> dict[str, str]:
    """Return the mutants that read differently, each with its mistake.

    Some cannot be read at all; a check that refuses those has caught them.
    """
    original, found = parse(source, symbols), {}
    nodes = {
        (each.op, each.span): each
        for chain in original
        for node in [chain.first, *(n for c in chain.claims for n in c.nodes)]
        for each in node
        if each.span != (0, 0)
    }
    planter = _Planter(source, symbols, list(nodes.values()))
    for mistake, text in planter.all():
        try:
            is_same = parse(text, symbols) == original
        except EquationError:
            is_same = False
        if not is_same:
            found.setdefault(text, mistake)
    return found


class _Planter:
    """Plants one mistake at a time into a source."""

    def __init__(self, source: str, symbols: Symbols, nodes: list[Node]):
        self.source, self.symbols, self.nodes = source, symbols, nodes
        names = {n.args[0] for n in nodes if n.op == "name"}
        self.names = sorted(n for n in names if symbols[n].is_number)
        self.indices = sorted({n.args[0] for n in nodes if n.op == "index"})

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield (mistake, text) for every node and relation."""
        for node in self.nodes:
            yield from self.at(node)
        for found in re.finditer(r"\\[lgn]eq?(?![A-Za-z])|[<>]", self.source):
            turned = TURNED[found[0]]
            yield "relation", self.put(Node("", (), found.span()), turned)

    def at(self, node: Node) -> Iterator[tuple[str, str]]:
        """Yield the mistakes that can be made at a node."""
        first, last = (*node.nodes, None)[0], (None, *node.nodes)[-1]
        match node.op:
            case "add" | "sub":
                between = (first.span[1], last.span[0])
                sign = self.source[slice(*between)].translate(FLIPPED)
                yield "sign", self.put(Node("", (), between), sign)
                yield "lost term", self.put(node, first)
            case "neg":
                yield "sign", self.put(node, first)
            case "paren" if len(node.args) == 1:
                if first.op in ("add", "sub", "neg"):
                    yield "lost parentheses", self.put(node, first)
            case "mul" | "odot":
                yield "lost factor", self.put(node, first)
                yield "lost factor", self.put(node, last)
            case "div":
                top, bottom = self.text(first), self.text(last)
                upside = rf"\frac{{{bottom}}}{{{top}}}"
                yield "fraction upside down", self.put(node, upside)
                yield "lost denominator", self.put(node, first)
            case "pow":
                raised = f"{self.text(first)}^{{{self.text(last)} + 1}}"
                yield "lost power", self.put(node, first)
                yield "power", self.put(node, raised)
            case "top" | "pow_T":
                yield "lost transpose", self.put(node, first)
            case "abs" | "sqrt":
                yield "lost function", self.put(node, f"({self.text(first)})")
            case "num":
                for step in (1, -1) if node.args[0] not in "01" else (1,):
                    yield "constant", self.put(node, _next(node.args[0], step))
            case "name":
                for other in self.others(node):
                    yield "symbol", self.put(node, other)
            case "at" if first.op == "name":
                yield from self.index(node, first)
            case "call" if node.args[1]:
                text = self.text(node).replace("'", "", 1)
                yield "lost prime", self.put(node, text)
            case "slope" | "grad":
                for by in node.nodes[1:]:
                    for other in self.others(by):
                        yield "wrong variable", self.put(by, other)
            case _:
                yield from self.operator(node)

    def operator(self, node: Node) -> Iterator[tuple[str, str]]:
        """Yield a function taken for another, and a sum with a term less."""
        is_over = node.op == "over"
        name = node.args[3] if is_over else node.op.removesuffix("_by")
        if name in SWAPPED:
            old = "\\" + name.removeprefix("arg")
            text = self.text(node).replace(old, "\\" + SWAPPED[name], 1)
            yield "function", self.put(node, text)
        high = (None, *node.args[2].args)[-1] if is_over else None
        if high and high.op != "test" and high.span != (0, 0):
            shorter = f"{self.text(high)} - 1"
            is_braced = self.source[high.span[0] - 1] == "{"
            text = shorter if is_braced else f"{{{shorter}}}"
            yield "upper limit", self.put(high, text)

    def index(self, node: Node, base: Node) -> Iterator[tuple[str, str]]:
        """Yield an element taken for another, or for the whole."""
        name, text = base.args[0].removesuffix("_"), self.text(node)
        yield "lost index", self.put(node, name)
        for other in self.others(base):
            yield "symbol", self.put(node, other + text[len(name) :])
        for other in ("1", *self.indices) if len(node.args) == 2 else ():
            if f"_{other}" not in text:
                yield "index", self.put(node, f"{name}_{{{other}}}")

    def others(self, node: Node) -> list[str]:
        """Return symbols that one could be mistaken for: of its shape."""
        key = node.args[0]
        if node.op != "name" or not self.symbols[key].is_number:
            return []
        every = [*self.names, *(p for p in [PARTNERS.get(key)] if p)]
        shape = self.symbols[key].shape
        alike = [
            name.removesuffix("_")
            for name in dict.fromkeys(every)
            if name != key
            and name in self.symbols
            and self.symbols[name].shape == shape
        ]
        return alike[:4]

    def text(self, node: Node) -> str:
        """Return a node's own LaTeX."""
        return self.source[slice(*node.span)]

    def put(self, node: Node, new: Node | str) -> str:
        """Return the source with other LaTeX in a node's place."""
        text = new if isinstance(new, str) else self.text(new)
        before, after = (
            self.source[: node.span[0]],
            self.source[node.span[1] :],
        )
        if re.search(r"\\[A-Za-z]+$", before) and text[:1].isalpha():
            text = " " + text
        if re.search(r"\\[A-Za-z]+$", text) and after[:1].isalpha():
            text += " "
        return before + text + after


def _next(text: str, step: int) -> str:
    """Return a number with its last digit one up or down."""
    digits = text.rstrip("%")
    places = len(digits.partition(".")[2])
    moved = f"{float(digits) + step * 10.0**-places:.{places}f}"
    return moved + (r"\%" if text.endswith("%") else "")
