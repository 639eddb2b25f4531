"""The sentences of a page: its source with all else blanked out.

Every function here returns text of the same length, so that a position in it
is a position in the page.
"""

from __future__ import annotations

import bisect
import functools
import re

from page import Page

BLANK = re.compile(r"[^\r\n]")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.+?)(?<!`)\1(?!`)")
DISPLAY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])[^$\n]*?(?<![\s\\])\$(?![$\d])")
TARGET = re.compile(r"(?<=\])\([^()\n]*\)|(?<=\])\[[^\]\n]*\]")
ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]*\}")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
URL = re.compile(r"\b(?:https?://|www\.)[^\s<>)\"]+")
DEFINITION = re.compile(
    r"^\[[^\]\n]+\]:.*(?:\n(?:[ \t]*|(?: {4}|\t).*)$)*", re.MULTILINE
)


def sentences(page: Page) -> str:
    """Return all that is neither front matter nor a fenced block."""
    numbers = {line.number for line in page.prose if line.file is None}
    return "\n".join(
        line if number in numbers else blank(line)
        for number, line in enumerate(page.source.split("\n"), start=1)
    )


def without(text: str, *patterns: re.Pattern) -> str:
    """Return the text with what the patterns match blanked out."""
    for pattern in patterns:
        text = pattern.sub(lambda match: blank(match[0]), text)
    return text


def blank(text: str) -> str:
    """Return as many spaces, line ends kept."""
    return BLANK.sub(" ", text)


@functools.lru_cache
def starts(text: str) -> list[int]:
    """Return where each line of a text begins."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def line_of(page: Page, position: int) -> int:
    """Return the line of a position in a page's source."""
    return bisect.bisect_right(starts(page.source), position)
