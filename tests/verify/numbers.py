"""The numbers in sentences, each tied to the code or the source it is from.

`$w = 454.158$<!-- = w -->` says which expression gives the number before it;
`<!-- source: … -->` says where a number from elsewhere is from. A decimal with
neither is a fault.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from page import Fault, Page, shown

from verify import prose
from verify.expressions import evaluate
from verify.literals import Literal, literals

TIE = re.compile(r"<!--\s*(?P<kind>=|source:)\s*(?P<words>.*?)\s*-->")
# Names that a version follows, as in Python 3.11 and CC BY-SA 4.0.
VERSIONED = (
    *("Python", "PyTorch", "Torch", "CUDA", "NumPy", "SciPy", "MathJax"),
    *("TensorFlow", "Keras", "JAX", "Theano", "Caffe", "MXNet", "Lua"),
    *("PaddlePaddle", "PyTensor", "MkDocs", "Material", "BY-SA", "BY"),
    *("version", "release", "版本", "版", "v"),
)
VERSION = re.compile(
    rf"(?:(?<![A-Za-z])(?:{'|'.join(VERSIONED)})[ \u00a0]?[≥>=~v]*[ ]?)"
    r"\d+(?:\.\d+)+|\d+(?:\.\d+){2,}"
)
# Numbers in these places belong to a name or a power: x_{10}, 10^{-3}.
SCRIPT = re.compile(r"[_^](?:\{[^{}]*\}|\S)|\\(?:text|mathrm)\{[^{}]*\}")
POWER = re.compile(r"\\(?:times|cdot)\s*10\^(?:\{[^{}]*\}|\S)")


@dataclass(frozen=True)
class Tie:
    """A comment, the numbers before it, and their expression or source."""

    page: Page
    start: int
    literals: tuple[Literal, ...]
    expression: str

    @property
    def line(self) -> int:
        """The page's line of the comment."""
        return line_of(self.page, self.start)

    def values(self, namespace: Mapping) -> list[float]:
        """Return what the expression gives, one value for each number."""
        values = evaluate(self.expression, namespace)
        if not isinstance(values, tuple):
            values = (values,)
        return [_number(value) for value in values]

    def check(self, namespace: Mapping) -> Fault | None:
        """Return what is wrong with the numbers, if anything is."""
        try:
            values = self.values(namespace)
        except Exception as error:
            return self._fault(
                f"{self.expression} gives no number: "
                f"{type(error).__name__}: {error}",
                "Mend the expression after the number.",
            )
        if len(values) > len(self.literals):
            return self._fault(
                f"{self.expression} gives {len(values)} numbers, and before "
                f"it stand {len(self.literals)}",
                "Give one expression for each number.",
            )
        for literal, value in self.pairs(values):
            if not literal.shows(value):
                return self._fault(
                    f"the page says {literal.text.strip()}, and "
                    f"{self.expression} gives {literal.rewritten(value)} "
                    f"(in full {value!r})",
                    "If the code is right: "
                    f"make update PAGE={shown(self.page.path)}",
                )
        return None

    def pairs(self, values: list[float]) -> list[tuple[Literal, float]]:
        """Pair the last numbers with the values."""
        chosen = self.literals[len(self.literals) - len(values) :]
        return list(zip(chosen, values, strict=True))

    def _fault(self, what: str, mend: str) -> Fault:
        return Fault(self.page.path, self.line, what, mend)


def ties(page: Page) -> tuple[list[Tie], list[Fault]]:
    """Return the tied numbers of a page, and its faults: untied decimals."""
    text = prose.sentences(page)
    # A comment quoted in `code` ties nothing.
    readable = prose.without(text, prose.CODE, prose.DISPLAY)
    found: list[Tie] = []
    faults: list[Fault] = []
    covered: set[int] = set()
    for comment in TIE.finditer(readable):
        numbers = _before(text, comment.start())
        if not numbers:
            faults.append(_lonely(page, comment))
            continue
        if comment["kind"] == "=":
            tie = Tie(page, comment.start(), tuple(numbers), comment["words"])
            count = _count(comment["words"])
            numbers = numbers[-count:]
            found.append(tie)
        elif not comment["words"]:
            faults.append(_lonely(page, comment))
        covered |= {number.start for number in numbers}
    faults += _untied(page, readable, covered)
    return found, faults


def line_of(page: Page, position: int) -> int:
    """Return the line of a position in a page's source."""
    return bisect.bisect_right(_starts(page.source), position)


@functools.lru_cache
def _starts(source: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", source))]


def _count(expression: str) -> int:
    """Return how many numbers an expression ties: `w, b` two."""
    import ast

    try:
        body = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return 1
    return len(body.elts) if isinstance(body, ast.Tuple) else 1


def _before(text: str, position: int) -> list[Literal]:
    """Return the numbers that a comment at a position speaks of.

    These are those in the formula, code span, image, link or emphasis that
    ends there, else the one number that does.
    """
    start = text.rfind("\n", 0, position) + 1
    line = text[start:position].rstrip(" ")
    for pattern in (FORMULA_END, CODE_END, LINK_END, STRONG_END):
        match = pattern.search(line)
        if match:
            return _inside(line, match.start("inside"), match.end("inside"), start)
    numbers = _inside(line, 0, len(line), start)
    return numbers[-1:] if numbers and numbers[-1].end == start + len(line) else []
