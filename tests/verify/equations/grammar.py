"""LaTeX to a parse tree, by grammar.lark: in one way, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from lark import Lark, Token, Tree, UnexpectedInput, UnexpectedToken

from verify.equations.errors import Unreadable

OUTER = re.compile(r"\\(begin|end)\{(?:aligned|gathered)\}")
INNER = re.compile(r"\\begin\{(\w+)\}.*?\\end\{\1\}", re.DOTALL)
GOES_ON = re.compile(
    r"(?:\s|&|\\quad)*(?=[-+=<>]|\\(?:[lg]eq?|neq?|approx|in)\b|$)"
)
NOT_HERE = "", "", "this is not expected here"
UNKNOWN = "", "", "this is not part of the checked subset"
ADVICE = [  # what stands before, what stands there, what to say
    (r"\\log_(\w|\{[^{}]*\})\s*$", r"\(|\\left",
     r"a base of \log is not known: write \frac{\log(…)}{\log(…)}"),
    (r"\\log_(\w|\{[^{}]*\})\s*$", "",
     r"\log has a subscript but no argument; did you mean \log(...)?"),
    (r"\\arg\s*\\m\w+\s*$", "", r"write \arg\min_w L, with a subscript"),
    (r"\\(log|ln|exp|sin|cos|tan|tanh)\b[^+=-]*$", r"[\w\\(\[^_]",
     "the argument is ambiguous: write parentheses"),
    ("", "/", r"what a slash divides is ambiguous: write \frac"),
    (r"[\^_]\s*\d$", r"\d", "a script of two digits needs braces"),
    (r"[\w})\]]\s*$", r"\d",
     r"a number stands behind a factor: put it in front, or write \cdot"),
    (r"[+-]\s*$", "[+-]", "two signs side by side: write parentheses"),
    ("", "[一-鿿，。；：（）]",
     r"words and full-width marks belong into \text{...}"),
    ("", r"\\text", r"words stand behind a \quad, or after a number"),
    (r"^\s*$", "=", "nothing stands before it"),
    ("", r"$", "the formula ends too early"),
]  # fmt: skip


@lru_cache(maxsize=1000)
def parse_tree(source: str) -> Tree:
    """Return the parse tree of a formula; raise Unreadable without one."""
    try:
        return _lark().parse(_joined(source))
    except UnexpectedInput as error:
        at = error.pos_in_stream
        if at is None or at < 0 or getattr(error, "token", None) == "":
            at = len(source)
        before, after = source[:at], source[at:].lstrip()
        found = re.match(r"\\[A-Za-z]+|\\.|\S|$", after)[0]
        is_word = isinstance(error, UnexpectedToken) or found[:1] not in "\\!"
        advice = next(
            text
            for behind, ahead, text in [
                *ADVICE,
                NOT_HERE if is_word else UNKNOWN,
            ]
            if re.search(behind, before) and re.match(ahead, after)
        )
        raise Unreadable(f"{advice} (at {found!r})", at) from None


@cache
def _lark() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text("utf-8")
    return Lark(
        grammar, parser="lalr", postlex=Bars(), propagate_positions=True
    )


class Bars:
    """Tells an opening bar from a closing one: it closes the last open one."""

    always_accept = ("BAR", "NORM_BAR")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens with their bars named."""
        opened: list[str] = []
        for token in stream:
            if token.type in self.always_accept:
                kind = token.type.removesuffix("_BAR")
                is_closing = opened[-1:] == [f"_L{kind}"]
                token.type = f"_R{kind}" if is_closing else f"_L{kind}"
            if token.type.startswith(("_L", "LBRACE")):
                opened.append(token.type)
            elif token.type.startswith(("_R", "RBRACE")) and opened:
                opened.pop()
            yield token


def _joined(source: str) -> str:
    """Blank out what only sets a formula: a row that begins with = goes on."""
    text = OUTER.sub(lambda match: " " * len(match[0]), source)
    inner = [match.span() for match in INNER.finditer(text)]
    parts = list(text)
    for match in re.finditer(r"&|\\\\", text):
        if any(a <= match.start() < b for a, b in inner):
            continue
        goes_on = match[0] == r"\\" and GOES_ON.match(text, match.end())
        end = goes_on.end() if goes_on else match.end()
        if goes_on or match[0] == "&":
            parts[match.start() : end] = " " * (end - match.start())
    return "".join(parts)
