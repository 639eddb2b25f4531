"""Whether both languages keep to the agreed terms of the glossary page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from .sequence import Block

QUOTED = re.compile("“[^”\n]*”|‘[^’\n]*’")
# Words in which the character of a term means something else.
OTHER_WORDS = ("齿轮", "轮到", "轮廓", "轮流")


@dataclass(frozen=True)
class Term:
    """A term of one language, its pair of both, and the words to avoid."""

    word: str
    pair: tuple[str, str]
    avoided: tuple[str, ...]


def read_terms(zh: list[Block], en: list[Block]) -> list[list[Term]]:
    """Return the terms of both languages, from the glossary pages' tables.

    Columns: Chinese, English, meaning, avoided words, chapter. The avoided
    words of a language stand in its own page, separated by commas.
    """
    found = []
    for column, glossary in enumerate((zh, en)):
        cells = [each.words for each in glossary if each.said[0] == "<td>"]
        rows = [cells[at : at + 5] for at in range(0, len(cells), 5)]
        found.append(
            [Term(row[column], (*row[:2],), _cut(row[3])) for row in rows]
        )
    return found


def unequal(terms: list[list[Term]]) -> Iterator[str]:
    """Yield where the two glossary pages agree on different terms."""
    for zh, en in zip(*terms, strict=False):
        if zh.pair != en.pair:
            yield f"the Chinese glossary says {zh.pair}, the English {en.pair}"


def wrong_words(
    zh: list[Block], en: list[Block], terms: list[list[Term]]
) -> Iterator[str]:
    """Yield where two pages do not keep to the agreed terms.

    That is a word that the glossary tells to avoid, or a term that only one
    of both mentions.
    """
    places = []
    for read, known in zip((zh, en), terms, strict=True):
        places.append({})
        instead = {word: term.word for term in known for word in term.avoided}
        words = [*instead, *(term.word for term in known)]
        for word, place, text in _found(read, words):
            places[-1].setdefault(word, place)
            if word in instead:
                agreed = f"{instead[word]!r}; see the glossary page"
                yield f"{place}: {text!r}: the agreed term is {agreed}"
    for pair in (term.pair for term in terms[0]):
        here = [places[n].get(word) for n, word in enumerate(pair)]
        if any(here) and not all(here):
            one, other = pair if here[0] else pair[::-1]
            yield (
                f"{here[0] or here[1]}: {one!r} stands here, but {other!r} "
                "nowhere on the page of the other language"
            )


def _found(
    read: list[Block], words: list[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the words in a page's sentences, the longest at each place.

    So a word that is a part of a longer one is not found there.
    """
    known = {word.lower(): word for word in words}
    parts = (
        rf"\b{re.escape(word)}(?=(?:s|es)?\b)" if word.isascii() else word
        for word in sorted([*known, *OTHER_WORDS], key=len, reverse=True)
    )
    whole = re.compile("|".join(parts).replace(r"\ ", r"\s+"), re.IGNORECASE)
    for block in takewhile(_is_own, read):
        for match in whole.finditer(QUOTED.sub(" ", block.words)):
            word = " ".join(match[0].lower().split())
            if word in known:
                yield known[word], block.place, match[0]


def _is_own(block: Block) -> bool:
    """Whether a block is no footnote: those hold titles of others."""
    return not block.said[0].startswith("<div footnote")


def _cut(cell: str) -> tuple[str, ...]:
    words = (word.strip() for word in re.split(r"[,，、;；]", cell))
    return tuple(word for word in words if word.strip("–—-"))
