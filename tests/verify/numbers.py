"""The numbers that a page prints, each tied to what it is from.

`$w = 454.158$<!-- = w -->` says which expression gives the number before it;
`<!-- source: … -->` says where a number from elsewhere is from. A decimal with
neither is a fault, and so is an integer from 10 on that nothing checked on the
page has; a decimal in `code` is from the code of the page. What is worked out
in a sentence, 2 × 10 = 20, ties its last number.
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

from page import Fault, Page
from verify import prose
from verify.compare import Edit, stale
from verify.literals import Literal, literals

TIE = re.compile(r"<!--\s*(?P<kind>=|source:)\s*(?P<words>.*?)\s*-->")
# A version is one by the word before it, or by its two points.
VERSION = re.compile(
    r"(?:Python|PyTorch|BY-SA|version|版本|\bv)[ \u00a0]?\d+(?:\.\d+)+"
    r"|\d+(?:\.\d+){2,}"
)
# Digits that count nothing: years and dates, and what is called by a number.
CALLED = re.compile(
    r"\b(?:1[5-9]|20)\d\d(?:-\d\d){0,2}s?(?![\d%]|[,.]\d)"
    r"|\b\d{1,2}(?= ?[月日]| November)|\b(?:NGC|Node|Chromium) \d+"
)
# What any page may say: small numbers, and how many nebulae there are.
SAID_FREELY = (*range(10), 24)
# In a formula, x_{10} and 10^{-3} are names and powers, not numbers of their
# own; 1.2 \times 10^{-3} is one number.
NOT_A_NUMBER = re.compile(
    r"(?P<power>\\(?:times|cdot)\s*10\^(?:\{[^{}]*\}|\S))"
    r"|[_^](?:\{[^{}]*\}|\S)|\\(?:text|mathrm)\{[^{}]*\}"
)
# How a number ends, or what it stands in: a formula, code, a link, emphasis.
LAST = "0123456789%万亿$`)]}*"
NUMBER = r"\d[\d,]*(?:\.\d+)?"
PART = rf"[-−]?{NUMBER}[²³]?"
TERM = rf"(?:{PART}|\({PART}(?:\s*[-+−×/÷]\s*{PART})*\))"
# What comes out is no part of another sum: 2 × 3 = 3 × 2.
WORKED_OUT = re.compile(
    rf"(?P<left>{TERM}(?:\s*[-+−×/÷]\s*{TERM})+)\s*"
    rf"(?:[=≈是得]|\b(?:is|are|makes)\b)\s*(?P<right>[-−]?{NUMBER})"
    r"(?![.,]?\d|\s*[-+−×/÷]\s*[\d(])"
)
AS_PYTHON = str.maketrans(
    {"−": "-", "×": "*", "÷": "/", ",": None, "²": "**2", "³": "**3"}
)
# What is no sentence.
SILENT = (
    prose.COMMENT,
    prose.DEFINITION,
    prose.TARGET,
    prose.ATTRIBUTES,
    prose.TAG,
    prose.URL,
    VERSION,
    CALLED,
)
TIED = (
    "Put it right after the number, before any unit or full stop, with the "
    "expression or the source in it."
)
MEND = (
    "Write right after it (after a closing $ or **) <!-- = EXPRESSION --> in "
    "names of the page, or <!-- source: … -->."
)


@dataclass(frozen=True, eq=False)
class Tie:
    """A comment, the last numbers before it, and their expression."""

    page: Page
    start: int
    literals: tuple[Literal, ...]
    expression: str

    @property
    def line(self) -> int:
        """The page's line of the comment."""
        return prose.line_of(self.page, self.start)

    def edits(self, namespace: Mapping) -> list[Edit]:
        """Return the edits that bring the numbers in line with their values.

        Raises Fault, from what was raised, where there are none.
        """
        try:
            value = evaluate(self.expression, namespace)
            is_one = len(self.literals) == 1
            values = [_number(each) for each in ([value] if is_one else value)]
        except Exception as error:
            kind = type(error).__name__
            raise Fault(
                self.page.path,
                self.line,
                f"{self.expression} gives no number: {kind}: {error}",
                "Mend the expression after the number.",
            ) from error
        edits = []
        for literal, value in zip(self.literals, values, strict=True):
            new = literal.rewritten(value)
            what = (
                f"the page says {literal.text.strip()}, and {self.expression} "
                f"gives {new} (in full {value!r})"
            )
            if not literal.shows(value):
                fault = stale(self.page.path, self.line, what)
                edits.append(Edit(literal.start, literal.end, new, fault))
        return edits


def ties(page: Page) -> tuple[list[Tie], list[Fault]]:
    """Return the tied numbers of a page, and what is wrong with numbers."""
    text = prose.sentences(page)
    # A comment quoted in `code` ties nothing.
    readable = prose.without(text, prose.CODE, prose.DISPLAY)
    bare = _without_scripts(prose.without(text, prose.DISPLAY))
    tied = list(_tied(page, readable, bare))
    covered = {e.start: abs(e.value) for tie in tied for e in tie.literals}
    wrong = [
        (tie.start, "this ties no number, or more than stand before it", TIED)
        for tie in tied
        if not tie.literals
    ]
    code = _digits(fence.text for fence in page.fences)
    formulas = (*prose.DISPLAY.finditer(text), *WORKED_OUT.finditer(text))
    known = {*SAID_FREELY, *covered.values(), *code}
    known |= _digits(match[0].replace(",", "") for match in formulas)
    known |= {each * 1e-2 for each in known}  # per cent
    for each in literals(prose.without(bare, *SILENT)):
        is_code = readable[each.start] == " "
        if each.match["fraction"] and each.match["whole"]:  # and no .3f
            is_known = is_code and abs(each.value) in code
        else:
            is_known = is_code or abs(each.value) in known
        if each.start not in covered and not is_known:
            what = f"nothing says where {each.text.strip()} is from"
            wrong.append((each.start, what, MEND))
    return [tie for tie in tied if tie.literals and tie.expression], [
        Fault(page.path, prose.line_of(page, start), what, mend)
        for start, what, mend in wrong
    ]


def _tied(page: Page, readable: str, bare: str) -> Iterator[Tie]:
    """Yield what ties numbers: comments, and sums in sentences.

    A comment speaks of the last numbers before it, and so has none where it
    stands behind something else. One that names a source has no expression.
    """
    numbers = literals(prose.without(bare, prose.COMMENT, prose.TARGET))
    end = 0
    for comment in TIE.finditer(readable):
        start, words = comment.start(), comment["words"]
        first = max(end, bare.rfind("\n", 0, start))
        before = [each for each in numbers if first <= each.start < start]
        is_value = comment["kind"] == "="
        count = _count(words) if is_value else 1
        is_tied = words and bare[start - 1] in LAST and len(before) >= count
        ours = before[-count:] if is_tied else ()
        yield Tie(page, start, tuple(ours), words if is_value else "")
        end = comment.end()
    plain = prose.without(readable, prose.COMMENT, prose.FORMULA)
    ends = {each.start: each for each in literals(plain)}
    for sum_ in WORKED_OUT.finditer(plain):
        expression = sum_["left"].translate(AS_PYTHON)
        ours = (ends[sum_.start("right")],)
        yield Tie(page, sum_.start(), ours, expression)


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


def _without_scripts(text: str) -> str:
    """Blank out what looks like a number in a formula and is none."""
    plain = prose.without(text, prose.CODE, prose.DISPLAY, prose.COMMENT)
    for formula in prose.FORMULA.finditer(plain):
        bare = NOT_A_NUMBER.sub(
            lambda match: match["power"] or prose.blank(match[0]), formula[0]
        )
        text = text[: formula.start()] + bare + text[formula.end() :]
    return text


def _digits(texts: Iterator[str]) -> set[float]:
    return {*map(float, re.findall(r"\d+(?:\.\d+)?", " ".join(texts)))}


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
