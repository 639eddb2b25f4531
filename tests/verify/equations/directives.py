r"""The comments that say what a formula is.

    <!-- math: define code=loss_functions.scratch:squared(z_i,y_i) -->
    <!-- math: verify autograd=chain_rule.concise:loss(w,b,x_i,y_i)/w -->
    <!-- math: wrong -->
    <!-- math: equals \frac{\partial L}{\partial w} -->

They stand before a display equation or right behind an inline one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.equations.errors import EquationError

TIE = re.compile(
    r"(?:code|autograd)=(?P<module>[\w.]+):(?P<name>\w+)\((?P<arguments>.*?)\)"
    r"(?P<picks>(?:\[[\w,\s]+\])*)(?:/(?P<by>\S+))?(?:\s+|$)"
)
COMMA = re.compile(r",(?![^({\[]*[)}\]])")  # between arguments
HOW = (
    "write define, verify, wrong, equals or symbols; then "
    "code=chapter.role:function(w,x_i), maybe with what to take of it as [0], "
    "[k] or [i,k], or autograd=chapter.role:function(w,x_i)/w"
)


@dataclass(frozen=True)
class Tie:
    """A link to a function of a snippet.

    `arguments` are LaTeX; `picks` take one of several returned values, each by
    its number or by an index. `by` is what an autograd tie differentiates by.
    """

    module: str
    function: str
    arguments: tuple[str, ...]
    picks: tuple[str, ...] = ()
    by: str | None = None

    @property
    def label(self) -> str:
        """Return how messages call the function."""
        return f"{self.module}.{self.function}"


@dataclass(frozen=True)
class Directive:
    """A mode with its ties, and where it stands.

    `equals` is what an expression in a sentence is said to be equal to.
    Inline, `w = 0` only sets a value; `is_tied` says that a comment ties the
    number before it to code.
    """

    mode: str = "verify"
    ties: tuple[Tie, ...] = ()
    is_inline: bool = False
    is_tied: bool = False
    equals: str = ""


def directive(content: str) -> Directive:
    """Return what the words behind `math:` ask for.

    Raises EquationError where they are not understood.
    """
    mode, _, rest = content.strip().partition(" ")
    if mode == "equals":
        return Directive(equals=rest.strip())
    if mode in ("define", "verify") or content.strip() == "wrong":
        return Directive(mode, tuple(_ties(rest.strip())))
    raise EquationError(f"{content.strip()!r} is not understood: {HOW}")


def _ties(text: str) -> Iterator[Tie]:
    while text:
        match = TIE.match(text)
        is_slope = text.startswith("autograd=")
        if not match or is_slope != bool(match["by"]):
            raise EquationError(f"{text!r} is not understood: {HOW}")
        arguments = tuple(map(str.strip, COMMA.split(match["arguments"])))
        picks = tuple(re.findall(r"\w+", match["picks"]))
        name, by = match["name"], match["by"]
        yield Tie(match["module"], name, arguments, picks, by)
        text = text[match.end() :]
