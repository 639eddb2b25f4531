"""The numbers in sentences, each tied to the code or the source it is from.

`$w = 454.158$<!-- = w -->` says which expression gives the number before it;
`<!-- source: … -->` says where a number from elsewhere is from. A decimal with
neither is a fault.
"""

from __future__ import annotations

import ast
import bisect
import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from page import Fault, Page, shown
from verify import prose
from verify.expressions import Missing, evaluate
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
# In a formula, x_{10} and 10^{-3} are names and powers, not numbers of their
# own; 1.2 \\times 10^{-3} is one number.
NOT_A_NUMBER = re.compile(
    r"(?P<power>\\(?:times|cdot)\s*10\^(?:\{[^{}]*\}|\S))"
    r"|[_^](?:\{[^{}]*\}|\S)|\\(?:text|mathrm)\{[^{}]*\}"
)
LINK = re.compile(r"!?\[(?P<inside>[^\]\n]*)\]\([^()\n]*\)(?:\{[^{}\n]*\})?")
STRONG = re.compile(r"(?<!\*)(\*\*?)(?=\S)(?P<inside>[^*\n]+)(?<=\S)\1(?!\*)")


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

    def pairs(
        self, namespaces: Iterable[Mapping]
    ) -> list[tuple[Literal, float]]:
        """Return each number with what the expression gives for it.

        It is evaluated in the first namespace that has all its names. Raises
        Fault where it gives no number.
        """
        try:
            values = self._values(namespaces)
        except Fault:
            raise
        except Exception as error:
            ours = isinstance(error, ValueError)
            said = error if ours else f"{type(error).__name__}: {error}"
            raise self._fault(
                f"{self.expression} gives no number: {said}",
                "Mend the expression after the number.",
            ) from error
        if len(values) > len(self.literals):
            raise self._fault(
                f"{self.expression} gives {len(values)} numbers, and before "
                f"it stand {len(self.literals)}",
                "Give one expression for each number.",
            )
        last = self.literals[len(self.literals) - len(values) :]
        return list(zip(last, values, strict=True))

    def check(self, namespaces: Iterable[Mapping]) -> Fault | None:
        """Return what is wrong with the numbers, if anything is."""
        for literal, value in self.pairs(namespaces):
            if not literal.shows(value):
                return self._fault(
                    f"the page says {literal.text.strip()}, and "
                    f"{self.expression} gives {literal.rewritten(value)} "
                    f"(in full {value!r})",
                    "If the code is right: "
                    f"make update PAGE={shown(self.page.path)}",
                )
        return None

    def _values(self, namespaces: Iterable[Mapping]) -> list[float]:
        missing = ValueError("the page runs no code")
        for namespace in namespaces:
            try:
                value = evaluate(self.expression, namespace)
            except Missing as error:
                missing = error
                continue
            several = _count(self.expression) > 1
            return [_number(each) for each in (value if several else [value])]
        raise missing

    def _fault(self, what: str, mend: str) -> Fault:
        return Fault(self.page.path, self.line, what, mend)


def ties(page: Page) -> tuple[list[Tie], list[Fault]]:
    """Return the tied numbers of a page, and its faults: untied decimals."""
    text = prose.sentences(page)
    # A comment quoted in `code` ties nothing.
    readable = prose.without(text, prose.CODE, prose.DISPLAY)
    before = _Before(text, readable)
    found: list[Tie] = []
    faults: list[Fault] = []
    covered: set[int] = set()
    for comment in TIE.finditer(readable):
        numbers, words = before.numbers(comment.start()), comment["words"]
        if not numbers or not words:
            faults.append(_lonely(page, comment, words))
        elif comment["kind"] == "=":
            found.append(Tie(page, comment.start(), tuple(numbers), words))
            numbers = numbers[-_count(words) :]
        covered |= {number.start for number in numbers}
    faults += _untied(page, readable, covered)
    return found, faults


def line_of(page: Page, position: int) -> int:
    """Return the line of a position in a page's source."""
    return bisect.bisect_right(_starts(page.source), position)


class _Before:
    """Finds the numbers that a comment speaks of.

    These are those in the formula, code span, image, link or emphasis that
    ends where the comment begins, else the one number that does.
    """

    def __init__(self, text: str, readable: str) -> None:
        self.spans: dict[int, tuple[int, int]] = {}
        plain = prose.without(readable, prose.COMMENT)
        for pattern, where in (
            (STRONG, plain),
            (LINK, plain),
            (prose.CODE, prose.without(text, prose.COMMENT)),
            (prose.FORMULA, plain),
        ):
            for match in pattern.finditer(where):
                inside = "inside" if "inside" in pattern.groupindex else 0
                self.spans[match.end()] = match.span(inside)
        self.literals = literals(_without_scripts(text))

    def numbers(self, position: int) -> list[Literal]:
        """Return the numbers before a comment at a position."""
        if position in self.spans:
            start, end = self.spans[position]
            return [
                each
                for each in self.literals
                if start <= each.start and each.end <= end
            ]
        return [each for each in self.literals if each.end == position]


def _without_scripts(text: str) -> str:
    """Blank out what looks like a number in a formula and is none."""
    plain = prose.without(text, prose.CODE, prose.DISPLAY, prose.COMMENT)

    def keep_power(match: re.Match) -> str:
        return match["power"] or prose.blank(match[0])

    parts, last = [], 0
    for formula in prose.FORMULA.finditer(plain):
        parts.append(text[last : formula.start()])
        parts.append(NOT_A_NUMBER.sub(keep_power, formula[0]))
        last = formula.end()
    return "".join([*parts, text[last:]])


def _untied(page: Page, readable: str, covered: set[int]) -> Iterator[Fault]:
    """Yield the decimals that nothing ties to anything."""
    text = prose.without(
        _without_scripts(readable),
        prose.COMMENT,
        prose.DEFINITION,
        prose.TARGET,
        prose.ATTRIBUTES,
        prose.TAG,
        prose.URL,
        VERSION,
    )
    for literal in literals(text):
        if literal.is_decimal and literal.start not in covered:
            yield Fault(
                page.path,
                line_of(page, literal.start),
                f"nothing says where {literal.text.strip()} is from",
                "Write right after it (after a closing $ or **) <!-- = "
                "EXPRESSION --> in names of the page, or <!-- source: … -->.",
            )


def _lonely(page: Page, comment: re.Match, words: str) -> Fault:
    if words:
        what = f"no number stands right before <!-- {comment['kind']} … -->"
        mend = "Put it right after the number, before any unit or full stop."
    else:
        what = f"<!-- {comment['kind']} --> says nothing"
        mend = "Write the expression or the source in it."
    return Fault(page.path, line_of(page, comment.start()), what, mend)


def _count(expression: str) -> int:
    """Return how many numbers an expression gives: `w, b` two."""
    try:
        body = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return 1
    return len(body.elts) if isinstance(body, ast.Tuple) else 1


def _number(value: object) -> float:
    number = float(value)
    if isinstance(value, (bool, str)) or not math.isfinite(number):
        raise ValueError(f"{value!r} is no number that could be printed")
    return number


@functools.lru_cache
def _starts(source: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", source))]
