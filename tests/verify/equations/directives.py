"""The comments that say what a formula is.

    <!-- math: define code=loss_functions.scratch:squared(z_i,y_i) -->
    <!-- math: verify autograd=chain_rule.concise:loss(w,b,x_i,y_i)/w -->
    <!-- math: wrong -->

They stand before a display equation or right behind an inline one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.equations.errors import EquationError

MODES = ("define", "verify", "wrong")
HEAD = re.compile(r"(code|autograd)=([\w.]+):(\w+)\(")
TAIL = re.compile(r"(?:\[(\d+|[a-z])\])?(?:/(\S+))?(?=\s|$)")
COMMA = re.compile(r",(?![^({\[]*[)}\]])")  # between arguments
HOW = (
    "write code=chapter.role:function(w,x_i) or "
    "autograd=chapter.role:function(w,x_i)/w"
)


@dataclass(frozen=True)
class Tie:
    """A link to a function of a snippet.

    `arguments` are LaTeX, maybe as `name=…`; `pick` takes one of several
    returned values, by its number or by an index, and `by` is what an
    autograd tie differentiates by.
    """

    kind: str
    module: str
    function: str
    arguments: tuple[str, ...]
    pick: str | None = None
    by: str | None = None

    @property
    def label(self) -> str:
        """Return how messages call the function."""
        return f"{self.module}.{self.function}"


@dataclass(frozen=True)
class Directive:
    """A mode with its ties, and where it stands.

    Inline, `w = 0` only sets a value; `is_tied` says that a comment ties the
    number before it to code.
    """

    mode: str = "verify"
    ties: tuple[Tie, ...] = ()
    is_inline: bool = False
    is_tied: bool = False


def directive(content: str) -> Directive:
    """Return what the words behind `math:` ask for.

    Raises EquationError where they are not understood.
    """
    mode, _, rest = content.strip().partition(" ")
    if mode not in MODES:
        raise EquationError(
            f"{mode!r} is no mode of an equation: write symbols, "
            f"{', '.join(MODES)}"
        )
    if mode == "wrong" and rest.strip():
        raise EquationError("'math: wrong' stands alone")
    return Directive(mode, tuple(_ties(rest.strip())))


def _ties(text: str) -> Iterator[Tie]:
    while text:
        head = HEAD.match(text)
        if not head:
            raise EquationError(f"{text!r} is not understood: {HOW}")
        inside = _inside(text[head.end() :])
        tail = TAIL.match(text, head.end() + len(inside) + 1)
        if not tail or (head[1] == "autograd") != bool(tail[2]):
            raise EquationError(
                f"{text!r} is not understood: an autograd tie, and only that, "
                "ends with what it is differentiated by, as in …/w"
            )
        arguments = [each.strip() for each in COMMA.split(inside)]
        yield Tie(
            *head.groups(), tuple(filter(None, arguments)), *tail.groups()
        )
        text = text[tail.end() :].strip()


def _inside(text: str) -> str:
    """Return what stands before the bracket that closes."""
    for match in re.finditer(r"\)", text):
        inside = text[: match.start()]
        if inside.count("(") == inside.count(")"):
            return inside
    raise EquationError(f"{text!r} lacks a closing parenthesis")
