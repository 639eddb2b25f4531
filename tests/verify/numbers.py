"""The numbers that a page prints, each tied to what it is from.

`$w = 454.158$<!-- = w -->` says which expression gives the number before it;
`<!-- source: … -->` says where a number from elsewhere is from. A decimal with
neither is a fault; one in `code` is from the code of the page. What is worked
out in a sentence, 2 × 10 = 20, is worked out here too.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import math
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from page import Fault, Page, shown
from verify import prose
from verify.checking import Edit
from verify.literals import Literal, literals
from verify.prose import line_of

TIE = re.compile(r"<!--\s*(?P<kind>=|source:)\s*(?P<words>.*?)\s*-->")
# A version is one by the word before it, or by its two points.
VERSION = re.compile(
    r"(?:Python|PyTorch|BY-SA|version|版本|\bv)[ \u00a0]?\d+(?:\.\d+)+"
    r"|\d+(?:\.\d+){2,}"
)
# In a formula, x_{10} and 10^{-3} are names and powers, not numbers of their
# own; 1.2 \times 10^{-3} is one number.
NOT_A_NUMBER = re.compile(
    r"(?P<power>\\(?:times|cdot)\s*10\^(?:\{[^{}]*\}|\S))"
    r"|[_^](?:\{[^{}]*\}|\S)|\\(?:text|mathrm)\{[^{}]*\}"
)
LINK = re.compile(r"!?\[(?P<inside>[^\]\n]*)\]\([^()\n]*\)(?:\{[^{}\n]*\})?")
STRONG = re.compile(r"(?<!\*)(\*\*?)(?=\S)(?P<inside>[^*\n]+)(?<=\S)\1(?!\*)")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
WORKED_OUT = re.compile(
    rf"(?P<left>[-−]?{NUMBER}(?:\s*[-+−×/÷]\s*{NUMBER})+)\s*"
    rf"[=≈]\s*(?P<right>[-−]?{NUMBER})"
)
AS_PYTHON = str.maketrans({"−": "-", "×": "*", "÷": "/", ",": None})
MEND = (
    "Write right after it (after a closing $ or **) <!-- = EXPRESSION --> in "
    "names of the page, or <!-- source: … -->."
)


@dataclass(frozen=True, eq=False)
class Tie:
    """A comment, the numbers before it, and their expression."""

    page: Page
    start: int
    literals: tuple[Literal, ...]
    expression: str

    @property
    def line(self) -> int:
        """The page's line of the comment."""
        return line_of(self.page, self.start)

    def values(self, namespace: Mapping) -> list[float]:
        """Return what the expression gives, for the last of the numbers.

        Raises NameError for a name that is not there, and Fault where it
        gives no number.
        """
        try:
            value = evaluate(self.expression, namespace)
            is_one = _count(self.expression) == 1
            values = [_number(each) for each in ([value] if is_one else value)]
        except NameError:
            raise
        except Exception as error:
            raise self.no_number(error) from error
        if len(values) > len(self.literals):
            raise self._fault(
                f"{self.expression} gives {len(values)} numbers, and before "
                f"it stand {len(self.literals)}",
                "Give one expression for each number.",
            )
        return values

    def edits(self, values: list[float]) -> Iterator[Edit]:
        """Yield the edits that bring the numbers in line with their values."""
        ours = self.literals[-len(values) :]
        for literal, value in zip(ours, values, strict=True):
            if not literal.shows(value):
                new = literal.rewritten(value)
                fault = self._fault(
                    f"the page says {literal.text.strip()}, and "
                    f"{self.expression} gives {new} (in full {value!r})",
                    "If the code is right: "
                    f"make update PAGE={shown(self.page.path)}",
                )
                yield Edit(literal.start, literal.end, new, fault)

    def no_number(self, error: Exception) -> Fault:
        """Return the fault of an expression that cannot be worked out."""
        what = f"{self.expression} gives no number"
        return self._fault(
            f"{what}: {type(error).__name__}: {error}",
            "Mend the expression after the number.",
        )

    def _fault(self, what: str, mend: str) -> Fault:
        return Fault(self.page.path, self.line, what, mend)


def ties(page: Page) -> tuple[list[Tie], list[Fault]]:
    """Return the tied numbers of a page, and what is wrong with numbers."""
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
            faults.append(_lonely(page, comment))
        elif comment["kind"] == "=":
            found.append(Tie(page, comment.start(), tuple(numbers), words))
            numbers = numbers[-_count(words) :]
        covered |= {number.start for number in numbers}
    faults += _untied(page, text, readable, covered)
    faults += _worked_out(page, readable)
    return found, faults


def evaluate(expression: str, namespace: Mapping) -> object:
    """Return the value of an expression in a page's namespace.

    `gradient_descent.scratch.train(x, y)[0]` calls the snippet. Raises
    ValueError for what only repeats a number, NameError for a name that is
    not there, and whatever the called code raises.
    """
    tree = ast.parse(expression.strip(), mode="eval")
    nodes = list(ast.walk(tree))
    if not any(isinstance(each, (ast.Name, ast.BinOp)) for each in nodes):
        raise ValueError(
            "it is the number itself, which says where nothing is from; name "
            "what gives it, or its source"
        )
    known = dict(namespace)
    for node in nodes:
        match node:
            case ast.Attribute(ast.Name(stem), role) if stem not in namespace:
                with contextlib.suppress(ModuleNotFoundError):
                    importlib.import_module(f"{stem}.{role}")
                    known[stem] = sys.modules[stem]
    return eval(compile(tree, "<tie>", "eval"), known)


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
    for formula in prose.FORMULA.finditer(plain):
        bare = NOT_A_NUMBER.sub(
            lambda match: match["power"] or prose.blank(match[0]), formula[0]
        )
        text = text[: formula.start()] + bare + text[formula.end() :]
    return text


def _untied(
    page: Page, text: str, readable: str, covered: set[int]
) -> Iterator[Fault]:
    """Yield the decimals that nothing ties to anything."""
    plain = prose.without(
        _without_scripts(readable),
        prose.COMMENT,
        prose.DEFINITION,
        prose.TARGET,
        prose.ATTRIBUTES,
        prose.TAG,
        prose.URL,
        VERSION,
    )
    for each in literals(plain):
        if each.is_decimal and each.start not in covered:
            what = f"nothing says where {each.text.strip()} is from"
            yield Fault(page.path, line_of(page, each.start), what, MEND)
    code = "".join(fence.text for fence in page.fences)
    known = set(map(float, re.findall(r"\d+(?:\.\d+)?", code)))
    for span in prose.CODE.finditer(text):
        for each in literals(span[0] if "<!--" not in span[0] else ""):
            place = span.start() + each.start
            is_bare = each.is_decimal and each.match["whole"]
            if (
                is_bare
                and abs(each.value) not in known
                and place not in covered
            ):
                what = f"no code of this page has the {each.text} of {span[0]}"
                yield Fault(page.path, line_of(page, place), what, MEND)


def _worked_out(page: Page, readable: str) -> Iterator[Fault]:
    """Yield what a sentence works out wrongly."""
    plain = prose.without(readable, prose.COMMENT, prose.FORMULA)
    for sum_ in WORKED_OUT.finditer(plain):
        value = eval(sum_["left"].translate(AS_PYTHON))
        (right,) = literals(sum_["right"])
        if not right.shows(value):
            yield Fault(
                page.path,
                line_of(page, sum_.start()),
                f"{sum_[0]} is wrong: it is {right.rewritten(value)}",
                "Work it out once more.",
            )


def _lonely(page: Page, comment: re.Match) -> Fault:
    if comment["words"]:
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
