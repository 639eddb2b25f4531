"""Whether a Chinese page is set as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Iterator

import autocorrect_py

from .sequence import FORMULA, Block

HAN = r"[\u4e00-\u9fff]"
# What a bold sentence leads in is set off from it.
SET_OFF = re.compile("(?<=[。？！]) ")
# What autocorrect, which knows the rules of mixed text, leaves out.
RULES = {
    "write the full-width one": re.compile(
        rf"(?<={HAN})[,;:?!\"]|[,;:?!\"](?={HAN})|(?<={FORMULA})[,;:?!](?=\s|$)"
    ),
    "no space belongs between Chinese": re.compile(rf"(?<={HAN}) (?={HAN})"),
    "say 你, and no 请": re.compile("您|(?<!申)请"),
}


def mistakes(read: list[Block]) -> Iterator[str]:
    """Yield a sentence for each place that breaks the house style.

    A formula, or code, is set as a Latin letter is.
    """
    for block in read:
        if re.search(HAN, block.words):
            text = SET_OFF.sub("", block.words.replace(FORMULA, "x"))
            for line in autocorrect_py.lint_for(text, "page.txt").lines:
                said = f"write {line.new!r}, not {line.old!r}"
                yield f"{block.place}: {said}, where x is a formula or code"
        for rule, pattern in RULES.items():
            for match in pattern.finditer(block.words):
                around = block.words[max(0, match.start() - 4) :][:9]
                said = f"{rule}: {around.replace(FORMULA, 'x')!r}"
                yield f"{block.place}: {match[0]!r}: {said}"
