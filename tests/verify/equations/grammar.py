"""LaTeX to a parse tree, by grammar.lark: in one way, or not at all."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from lark import Lark, Tree, UnexpectedInput

from verify.equations.errors import EquationError

# What only sets a formula: a row that begins with = goes on with the last.
LAYOUT = re.compile(
    r"(?P<kept>\\begin\{cases\}.*?\\end\{cases\})"
    r"|\\(?:begin|end)\{(?:aligned|gathered)\}|&|\\\\(?:\s|&|\\quad)*"
    r"(?=[-+=<>]|\\(?:[lg]eq?|neq?)\b|\\end\{(?:aligned|gathered)|$)",
    re.DOTALL,
)
ODOT = r"\odot beside another product: write parentheses"
ADVICE = [  # what stands before, what stands there, what to say
    (r"\\log_(\w|\{[^{}]*\})\s*$", "",
     r"\log has a subscript but no argument; did you mean \log(...)?"),
    (r"\\arg\s*\\m\w+\s*$", "", r"write \arg\min_w L, with a subscript"),
    (r"\\(log|ln|exp|sin|cos|tan|tanh)\b[^+=-]*$", r"[\w\\(\[^_]",
     "the argument is ambiguous: write parentheses"),
    (r"\\odot[^+=-]*$", "", ODOT), ("", r"\\odot", ODOT),
    (r"\\partial[^{}]*$", r"\^",
     r"write \frac{\partial}{\partial w} \frac{\partial L}{\partial w}"),
    ("", r"\\approx", "write =, and tie the number: $…$<!-- = … -->"),
    ("", "/", r"what a slash divides is ambiguous: write \frac"),
    ("", r"\\[lc]?dots", r"dots stand in k = 1, \dots, K only: write \sum"),
    ("", r"(\\(left|bigg?))?\\?\|",
     r"write \lvert a \rvert, or \lVert x \rVert for a norm"),
    (r"[\^_]\s*\d$", r"\d", "a script of two digits needs braces"),
    ("", r"[一-鿿，。；：（）]|\\text",
     r"words belong into \text{...}, behind a \quad or a number"),
    ("", "$", "the formula ends too early"),
    ("", "", "this is not expected here"),
]  # fmt: skip


@lru_cache(maxsize=1000)
def parse_tree(source: str, functions: frozenset[str]) -> Tree:
    """Return the parse tree of a formula; raise EquationError without one.

    Names that stand for functions are read with the brackets behind them.
    """
    try:
        reading = lark().parse_interactive(LAYOUT.sub(_blank, source))
        for token in reading.iter_parse():
            if token in functions:
                token.type = "NAMED"
        return reading.feed_eof()
    except UnexpectedInput as error:
        is_end = getattr(error, "token", None) == ""
        at = len(source) if is_end else error.pos_in_stream
        before, after = source[:at], source[at:].lstrip()
        found = re.match(r"\\[A-Za-z]+|\\.|\S|$", after)[0]
        advice = next(
            text
            for behind, ahead, text in ADVICE
            if re.search(behind, before) and re.match(ahead, after)
        )
        raise EquationError(f"{advice} (at {found!r})", at) from None


@cache
def lark() -> Lark:
    """Return the parser of formulas."""
    grammar = Path(__file__).with_name("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True)


def _blank(match: re.Match) -> str:
    return match["kept"] or " " * len(match[0])
