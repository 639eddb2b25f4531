r"""The comments that say what a formula is.

    <!-- math: define code=loss_functions.scratch:squared(z_i,y_i) -->
    <!-- math: verify code=chain_rule.scratch:slopes(w,b,x_i,y_i)[0] -->
    <!-- math: wrong -->
    <!-- math: equals \frac{\partial L}{\partial w} -->

They stand before a display equation or right behind an inline one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.equations.errors import EquationError
from verify.equations.symbols import Symbol, declared

TIE = re.compile(
    r"code=(?P<module>[\w.]+):(?P<name>\w+)\((?P<arguments>[^:]*?)\)"
    r"(?P<picks>(?:\[[\w,\s]+\])*)"
)
COMMA = re.compile(r",(?![^({\[]*[)}\]])")  # between arguments
LIKE_MATH = re.compile(r"(math|symbols|define|verify)", re.IGNORECASE)
UNKNOWN = "write <!-- math: … -->: without 'math:' nobody reads this comment"
HOW = (
    "write define, verify, wrong, equals or symbols; then "
    "code=chapter.role:function(w,x_i), maybe with what to take of it as [0], "
    "[k] or [i,k]"
)


@dataclass(frozen=True)
class Tie:
    """A link to a function of a snippet.

    `arguments` are LaTeX; `picks` take one of several returned values, each by
    its number or by an index.
    """

    module: str
    function: str
    arguments: tuple[str, ...]
    picks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return how messages call the function."""
        return f"{self.module}.{self.function}"


@dataclass(frozen=True)
class Directive:
    """A mode with its tie, and where it stands.

    `equals` is what an expression in a sentence is said to be equal to, and
    `symbols` are those that are declared. Inline, `w = 0` only sets a value;
    `is_tied` says that a comment ties the number before it to code.
    """

    mode: str = "verify"
    tie: Tie | None = None
    is_inline: bool = False
    is_tied: bool = False
    equals: str = ""
    symbols: tuple[Symbol, ...] = ()


def comment(text: str) -> Directive | None:
    """Return what a comment asks for; None if it is not about formulas.

    Raises EquationError where it is not understood.
    """
    text = text.strip()
    if text.startswith(("=", "source:")):
        return Directive(is_tied=True)
    if not text.startswith("math:"):
        if LIKE_MATH.match(text):
            raise EquationError(UNKNOWN)
        return None
    words = text.removeprefix("math:").strip()
    mode, rest = [*words.split(maxsplit=1), "", ""][:2]
    if mode == "symbols":
        return Directive(symbols=tuple(declared(rest)))
    if mode == "equals":
        return Directive(equals=rest)
    if mode in ("define", "verify") or (mode == "wrong" and not rest):
        return Directive(mode, _tie(rest) if rest else None)
    raise EquationError(f"{words!r} is not understood: {HOW}")


def _tie(text: str) -> Tie:
    match = TIE.fullmatch(text)
    if not match:
        raise EquationError(f"{text!r} is not understood: {HOW}")
    arguments = tuple(map(str.strip, COMMA.split(match["arguments"])))
    picks = tuple(re.findall(r"\w+", match["picks"]))
    return Tie(match["module"], match["name"], arguments, picks)
