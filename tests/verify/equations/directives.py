"""The comments that say what an equation is: define, verify, wrong …

    <!-- math: define code=loss_functions.scratch:squared(z_i,y_i) -->
    <!-- math: verify autograd=chain_rule.concise:loss(w,b,x_i,y_i)/w -->
    <!-- math: wrong -->
    <!-- math: given -->
    <!-- math: tested tests/gradient_descent/test_scratch.py::test_name -->
    <!-- math: skip REASON -->

They stand before a display equation or right behind an inline one. `given`
marks a condition ("where e_i > 0"): it is not claimed, only that it can be
true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.equations.errors import EquationError

MODES = ("define", "verify", "wrong", "given", "tested", "skip")
HEAD = re.compile(r"(code|autograd)=([\w.]+):(\w+)\(")
TAIL = re.compile(r"(?:\[(\d+)\])?(?:/(\S+))?(?=\s|$)")


@dataclass(frozen=True)
class Tie:
    """A link to a function of a snippet.

    `arguments` are LaTeX, maybe as `name=…`; `pick` takes one of several
    returned values, and `by` is what an autograd tie differentiates by.
    """

    kind: str
    module: str
    function: str
    arguments: tuple[str, ...]
    pick: int | None = None
    by: str | None = None

    @property
    def label(self) -> str:
        """Return how messages call the function."""
        return f"{self.module}.{self.function}"


@dataclass(frozen=True)
class Directive:
    """A mode with its ties, or with its `text` (a reason, a test)."""

    mode: str = "verify"
    ties: tuple[Tie, ...] = ()
    text: str = ""


def directive(content: str) -> Directive:
    """Return what the words behind `math:` ask for.

    Raises EquationError where they are not understood.
    """
    mode, _, rest = content.strip().partition(" ")
    rest = rest.strip()
    if mode not in MODES:
        raise EquationError(
            f"{mode!r} is no mode of an equation: write {', '.join(MODES)}"
        )
    if mode in ("define", "verify"):
        return Directive(mode, tuple(_ties(rest)))
    if mode == "skip" and not rest:
        raise EquationError("'math: skip' needs a reason")
    if mode == "tested" and not re.fullmatch(r"tests/\S+\.py::\w+", rest):
        raise EquationError(
            "write 'math: tested tests/<chapter>/test_<role>.py::test_name'"
        )
    return Directive(mode, (), rest)


def _ties(text: str):
    while text:
        head = HEAD.match(text)
        if not head:
            raise EquationError(
                f"{text!r} is not understood: write "
                "code=chapter.role:function(w,x_i) or "
                "autograd=chapter.role:function(w,x_i)/w"
            )
        end = _closing(text, head.end())
        tail = TAIL.match(text, end + 1)
        if not tail or (head[1] == "autograd") != bool(tail[2]):
            raise EquationError(
                f"{text!r} is not understood: an autograd tie, and only that, "
                "ends with what it is differentiated by, as in …/w"
            )
        yield Tie(
            head[1],
            head[2],
            head[3],
            tuple(_split(text[head.end() : end])),
            int(tail[1]) if tail[1] else None,
            tail[2],
        )
        text = text[tail.end() :].strip()


def _closing(text: str, start: int) -> int:
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    raise EquationError(f"{text!r} lacks a closing parenthesis")


def _split(text: str):
    """Yield the arguments between commas that no bracket encloses."""
    depth, start = 0, 0
    for place, character in enumerate(text + ","):
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(
            character, 0
        )
        if character == "," and not depth:
            if text[start:place].strip():
                yield text[start:place].strip()
            start = place + 1
