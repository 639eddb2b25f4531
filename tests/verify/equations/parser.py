"""LaTeX to parse tree: the grammar's reader, strict and unambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedInput

from verify.equations.errors import Unreadable

GRAMMAR = Path(__file__).with_name("grammar.lark")
OPENING = {"_LPAR", "_LBRACKET", "LBRACE", "_LSET", "_LBAR", "_LNORM", "_LDOT"}
KINDS = {"BAR": ("_LBAR", "_RBAR"), "NORM_BAR": ("_LNORM", "_RNORM")}
CLOSING = {"_RPAR", "_RBRACKET", "RBRACE", "_RSET", "_RBAR", "_RNORM"}


class Bars:
    """Tell an opening bar from a closing one.

    A bar closes where, since the last bracket opened, a bar of its kind is
    open; so bars do not nest without brackets between them.
    """

    always_accept = ("BAR", "NORM_BAR")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens with their bars named."""
        open_: list[str] = []
        for token in stream:
            kind = token.type
            if token.type in KINDS:
                opening, closing = KINDS[token.type]
                kind = closing if open_[-1:] == [opening] else opening
                token = Token.new_borrow_pos(kind, token.value, token)
            if kind in OPENING:
                open_.append(kind)
            elif kind in CLOSING and open_:
                open_.pop()
            yield token


@cache
def reader() -> Lark:
    """Return the parser, built once."""
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        postlex=Bars(),
        propagate_positions=True,
        cache=True,  # of the tables, in the machine's folder for such things
        maybe_placeholders=False,
    )


@lru_cache(maxsize=4096)
def parse_tree(source: str) -> Tree:
    """Return the parse tree of an equation.

    Raises Unreadable, with a position and an advice, where the source lies
    outside the grammar.
    """
    try:
        return reader().parse(source)
    except UnexpectedInput as error:
        position = _position(error, source)
        raise Unreadable(_advice(source, position), position) from None


def _position(error: UnexpectedInput, source: str) -> int:
    position = error.pos_in_stream
    if isinstance(error, UnexpectedCharacters):
        return position
    if position is None or position < 0 or error.token.type == "$END":
        return len(source)
    return position


# What stands before the fault, what stands at it, and what to say.
ADVICE = [
    (
        r"\\(log|ln)\s*(_?\{?|_\s*(\w|\{[^{}]*\}))\s*$",
        r"[_\w\\]",
        r"\1 has a subscript but no argument; did you mean \1(...)?",
    ),
    (
        r"\\(exp|sin|cos|tan|tanh|sinh|cosh|det)\s*$",
        r"_",
        r"\1 cannot have a subscript",
    ),
    (
        r"/\s*(\w|\\\w+|\([^()]*\)|\{[^{}]*\})(_\w|_\{[^{}]*\}|\^\w)?\s*"
        r"(\\cdot|\\times)?\s*$",
        r"[\w\\(\[/]",
        r"what the slash divides is ambiguous: write \\frac or parentheses",
    ),
    (
        r"\\(log|ln|exp|sin|cos|tan|tanh|sinh|cosh|det)\b[^+=-]*$",
        r"[\w\\(\[]",
        r"the argument of \1 is ambiguous: write \1(...)",
    ),
    (r"\\(min|max)\s*$", r"", r"\1 needs (...) or a subscript and a term"),
    (
        r"[\^_]\s*\d$",
        r"\d",
        r"write braces around a script of more than one "
        r"digit",
    ),
    (
        r"[\w})\]]\s*$",
        r"\d",
        r"a number stands behind a factor: put it in "
        r"front, or write \\cdot",
    ),
    (r"[+-]\s*$", r"[+-]", r"two signs side by side: write parentheses"),
    (
        r"(\\sum|\\prod)(_\w|_\{[^{}]*\})?(\^\w|\^\{[^{}]*\})?\s*$",
        r"",
        r"write \1_{i=1}^n, or \1_i for a declared index, and a term",
    ),
    (
        r"",
        r"\\(Rightarrow|implies|iff|Leftrightarrow|to|rightarrow|sim|"
        r"propto|pm|mp|lim|int|infty|forall|exists|mid)(?![A-Za-z])",
        r"this command is not part of the checked subset",
    ),
    (r"", r"\\left|\\right|\\middle", r"this bracket does not fit"),
    (
        r"",
        r"[一-鿿，。；：（）]",
        "words and full-width marks "
        r"belong into \\text{...}",
    ),
    (r"", r"!", "factorials are not part of the checked subset"),
]


def _advice(source: str, position: int) -> str:
    before, after = source[:position], source[position:].lstrip()
    found = _word(after)
    for behind, ahead, text in ADVICE:
        match = re.search(behind or r"\Z", before)
        here = re.match(ahead, after)
        if match and here:
            name = "\\" + match[1] if behind and match.re.groups else ""
            said = text.replace(r"\1", name.replace("\\\\", "\\"))
            return said.replace("\\\\", "\\") + f" (at {found!r})"
    return (
        f"{found!r} is not expected here"
        if after
        else ("the formula ends too early")
    )


def _word(text: str) -> str:
    match = re.match(r"\\[A-Za-z]+|\\.|\S", text)
    return match[0] if match else "the end"
