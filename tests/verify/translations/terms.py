"""Whether both languages keep to the agreed terms of the glossary page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from .sequence import Block

QUOTED = re.compile("“[^”\n]*”|‘[^’\n]*’")
# Words in which the character of a term means something else.
OTHER_WORDS = ("齿轮", "轮到", "轮廓", "轮流")
NOTHING = ("", "–", "—", "-")


@dataclass(frozen=True)
class Term:
    """An agreed pair, and the words that are not used for it, by language."""

    words: dict[str, str]
    avoided: dict[str, tuple[str, ...]]


def read_terms(zh: list[Block], en: list[Block]) -> list[Term]:
    """Return the terms of the two glossary pages' tables.

    Columns: Chinese, English, meaning, avoided words, chapter. The avoided
    words of a language stand in its own page, separated by commas.
    """
    return [
        Term({"zh": a[0], "en": a[1]}, {"zh": _cut(a[3]), "en": _cut(b[3])})
        for a, b in zip(_rows(zh), _rows(en), strict=False)
    ]


def unequal_terms(zh: list[Block], en: list[Block]) -> Iterator[str]:
    """Yield where the two glossary pages agree on different terms."""
    for a, b in zip(_rows(zh), _rows(en), strict=False):
        if a[:2] != b[:2]:
            ours, theirs = (" – ".join(row[:2]) for row in (b, a))
            yield (
                f"{en[0].place}: the term {ours!r} is {theirs!r} in the "
                "Chinese table"
            )


def wrong_words(
    zh: list[Block], en: list[Block], terms: list[Term]
) -> Iterator[str]:
    """Yield where two pages do not keep to the agreed terms.

    That is a word that the glossary tells to avoid, or a term that only one
    of both mentions.
    """
    pages, first = {"zh": zh, "en": en}, {"zh": {}, "en": {}}
    for language, read in pages.items():
        agreed = {term.words[language]: None for term in terms}
        for term in terms:
            words = dict.fromkeys(term.avoided[language], term.words[language])
            agreed |= words
        for word, place, text in _found(read, language, agreed):
            first[language].setdefault(word, place)
            if agreed[word]:
                yield (
                    f"{place}: {text!r}: the agreed term is {agreed[word]!r}; "
                    "see the glossary page"
                )
    for term in terms:
        for here, there in (("zh", "en"), ("en", "zh")):
            word, other = term.words[here], term.words[there]
            if word in first[here] and other not in first[there]:
                yield (
                    f"{first[here][word]}: {word!r} stands here, but "
                    f"{other!r} nowhere on the page of the other language"
                )


def _found(
    read: list[Block], language: str, words: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the words in a page's sentences, the longest at each place.

    So a word that is a part of a longer one is not found there.
    """
    known = {word.lower(): word for word in words}
    parts = "|".join(
        re.escape(word).replace(r"\ ", r"\s+")
        for word in sorted([*known, *OTHER_WORDS], key=len, reverse=True)
    )
    whole = parts if language == "zh" else rf"\b(?:{parts})(?=(?:s|es)?\b)"
    for block in takewhile(_is_own, read):
        text = QUOTED.sub(" ", block.words)
        for match in re.finditer(whole, text, re.IGNORECASE):
            word = " ".join(match[0].lower().split())
            if word in known:
                yield known[word], block.place, match[0]


def _is_own(block: Block) -> bool:
    """Whether a block is no footnote: those hold titles of others."""
    return not block.said[0].startswith("<div footnote")


def _rows(glossary: list[Block]) -> list[list[str]]:
    """Return the cells of all rows but heads."""
    cells = [each.words for each in glossary if each.said[0] == "<td>"]
    return [cells[at : at + 5] for at in range(0, len(cells), 5)]


def _cut(cell: str) -> tuple[str, ...]:
    words = (word.strip() for word in re.split(r"[,，、;；]", cell))
    return tuple(word for word in words if word not in NOTHING)
