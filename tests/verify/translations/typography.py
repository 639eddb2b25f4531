"""Whether a Chinese page is set as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Iterator

import autocorrect_py

from page import Page, shown
from verify import prose

from .terms import sentences

HAN = r"[\u4e00-\u9fff]"
INLINE = re.compile(r"\$[^$\n]+\$|`[^`\n]+`")
HALF_WIDTH = re.compile(rf"(?<={HAN})[,;:?!]|[,;:?!](?={HAN})")
AFTER_FORMULA = re.compile(rf"[,;:?!](?=\s|$|{HAN})")
EMPHASIS = re.compile(rf"{HAN} \*{{1,2}}{HAN}|{HAN}\*{{1,2}} {HAN}")
# Within HTML autocorrect does not see that a link is one.
CAPTION = re.compile(r"</?fig\w+[^>]*>")
POLITE = re.compile("您|(?<!申)请")


def mistakes(read: Page) -> Iterator[str]:
    """Yield a sentence for each place that breaks the house style.

    autocorrect knows the rules of mixed text; it does not look around
    formulas and code, and what it leaves out is done here.
    """
    name = shown(read.path)
    markdown = CAPTION.sub("", read.source)
    for result in autocorrect_py.lint_for(markdown, "page.md").lines:
        yield f"{name}:{result.line}: write {result.new!r}, not {result.old!r}"
    for number, line in enumerate(sentences(read).splitlines(), 1):
        for match in POLITE.finditer(line):
            yield f"{name}:{number}: {match[0]!r}: say 你, and no 请"
        for match in HALF_WIDTH.finditer(line):
            around = line[max(0, match.start() - 4) : match.end() + 4]
            yield (
                f"{name}:{number}: beside Chinese stands a half-width"
                f" {match[0]!r}: {around!r}; write the full-width one"
            )
    text = prose.without(
        prose.sentences(read),
        *(prose.COMMENT, prose.DISPLAY, prose.TARGET, prose.ATTRIBUTES),
    )
    for number, line in enumerate(text.splitlines(), 1):
        for match in EMPHASIS.finditer(line):
            yield (
                f"{name}:{number}: {match[0]!r}: no space belongs between"
                " Chinese and emphasized Chinese"
            )
        yield from _around_formulas(line, f"{name}:{number}")


def _around_formulas(line: str, place: str) -> Iterator[str]:
    for match in INLINE.finditer(line):
        before = line[: match.start()][-1:]
        after = line[match.end() :]
        if re.match(HAN, before) or re.match(HAN, after):
            yield (
                f"{place}: a space belongs between Chinese and {match[0]}:"
                f" {line[max(0, match.start() - 4) : match.end() + 4]!r}"
            )
        if AFTER_FORMULA.match(after) and re.search(HAN, line):
            yield (
                f"{place}: after {match[0]} stands a half-width {after[0]!r};"
                " write the full-width one"
            )
