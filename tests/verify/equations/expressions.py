r"""Expressions in sentences: each is a part of a formula that is checked.

`$e_i x_i$` claims nothing that could be false, yet readers take it to be
right. So it occurs in an equation or definition of the page or of the notation
page, or says what it equals. Names and numbers need not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from verify.equations.errors import EquationError
from verify.equations.formula import Node, sides
from verify.equations.reader import parse
from verify.equations.symbols import Symbols

# A letter may be named in a sentence before it is declared.
NAME = re.compile(
    r"(\\?[A-Za-z]+|\\(hat|bar|mathbf)\{\w+\})(_(\w|\\[a-z]+|\{\\?\w+\}))?"
)
# What names something, and what only puts names together: a point, a
# function's value, a derivative.
NAMES, LABELS = {"name", "index", "at"}, {"paren", "call", "slope", "top"}
LOOSE = (
    "no formula that is checked on this page has this expression as a part: "
    "write what it equals, here or in a comment behind it: $…$<!-- math: "
    "equals \\frac{\\partial L}{\\partial w} -->"
)


def parts(nodes: list[Node]) -> Iterator[Node]:
    """Yield all that occurs in formulas; of `2 w x` also `w x`."""
    for node in (part for each in nodes for part in bare(each)):
        yield node
        factors: list[Node] = []
        while node.op == "mul":
            node, last = node.args
            factors.insert(0, last)
            yield reduce(lambda a, b: Node("mul", (a, b)), factors)


def demand_part(latex: str, symbols: Symbols, known: set[Node]) -> None:
    """Raise EquationError where an expression is part of nothing checked."""
    chains = () if NAME.fullmatch(latex) else parse(latex, symbols)
    for node in (node for chain in chains for node in sides(chain)):
        if not (is_label(node) or bare(node) in known):
            raise EquationError(LOOSE, node.span[0])


def bare(node: Node) -> Node:
    """Return a formula without the brackets around single terms."""
    while node.op == "paren" and len(node.args) == 1:
        (node,) = node.args
    args = (bare(a) if isinstance(a, Node) else a for a in node.args)
    return Node(node.op, tuple(args), node.span)


def is_label(node: Node) -> bool:
    """Whether a formula only names something."""
    is_name = node.op in NAMES or node.is_constant
    return is_name or (node.op in LABELS and all(map(is_label, node.nodes)))
