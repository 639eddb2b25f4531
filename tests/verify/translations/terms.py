"""Whether both languages keep to the agreed terms of the glossary page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from page import Page, shown
from verify import prose

QUOTED = re.compile("“[^”\n]*”|‘[^’\n]*’")
ROW = re.compile(r"^\|(?P<cells>.+)\|\s*$", re.MULTILINE)
RULE = re.compile(r"^\|.*\|\s*\n\|[-: |]+\|\s*$", re.MULTILINE)
# Words in which the character of a term means something else.
OTHER_WORDS = ("齿轮", "轮到", "轮廓", "轮流")
NOTHING = ("", "–", "—", "-")


@dataclass(frozen=True)
class Term:
    """An agreed pair, and the words that are not used for it, by language."""

    words: dict[str, str]
    avoided: dict[str, tuple[str, ...]]


def read_terms(zh: Page, en: Page) -> list[Term]:
    """Return the terms of the two glossary pages' tables.

    Columns: Chinese, English, meaning, avoided words, chapter. The avoided
    words of a language stand in its own page, separated by commas.
    """
    return [
        Term({"zh": a[0], "en": a[1]}, {"zh": _cut(a[3]), "en": _cut(b[3])})
        for a, b in zip(_rows(zh), _rows(en), strict=False)
    ]


def wrong_words(zh: Page, en: Page, terms: list[Term]) -> Iterator[str]:
    """Yield where two pages do not keep to the agreed terms."""
    yield from avoided_words(zh, "zh", terms)
    yield from avoided_words(en, "en", terms)
    yield from one_sided_terms(zh, en, terms)


def avoided_words(
    read: Page, language: str, terms: list[Term]
) -> Iterator[str]:
    """Yield a sentence for each word that the glossary tells to avoid."""
    agreed = {
        word: term.words[language]
        for term in terms
        for word in term.avoided[language]
    }
    words = [*agreed, *(term.words[language] for term in terms)]
    for word, line, text in _found(read, language, words):
        if word in agreed:
            yield (
                f"{shown(read.path)}:{line}: {text!r}: the agreed term is "
                f"{agreed[word]!r}; see the glossary page"
            )


def one_sided_terms(zh: Page, en: Page, terms: list[Term]) -> Iterator[str]:
    """Yield a sentence for each term that only one language's page has."""
    pages, lines = {"zh": zh, "en": en}, {"zh": {}, "en": {}}
    for language, read in pages.items():
        words = [term.words[language] for term in terms]
        for word, line, _ in _found(read, language, words):
            lines[language].setdefault(word, line)
    for term in terms:
        for here, there in (("zh", "en"), ("en", "zh")):
            word, other = term.words[here], term.words[there]
            if word in lines[here] and other not in lines[there]:
                yield (
                    f"{shown(pages[here].path)}:{lines[here][word]}: {word!r} "
                    f"stands here, but {other!r} nowhere in "
                    f"{shown(pages[there].path)}"
                )


def sentences(read: Page) -> str:
    """Return a page's sentences; all else is blank, line for line."""
    return prose.without(
        prose.sentences(read),
        *(prose.COMMENT, prose.DISPLAY, prose.CODE, prose.FORMULA),
        *(prose.TARGET, prose.ATTRIBUTES, prose.DEFINITION, prose.TAG),
    )


def _found(
    read: Page, language: str, words: Iterable[str]
) -> Iterator[tuple[str, int, str]]:
    """Yield the words in a page's sentences, the longest at each place.

    So a word that is a part of a longer one is not found there.
    """
    known = {word.lower(): word for word in words}
    parts = "|".join(
        re.escape(word).replace(r"\ ", r"\s+")
        for word in sorted([*known, *OTHER_WORDS], key=len, reverse=True)
    )
    whole = parts if language == "zh" else rf"\b(?:{parts})(?=(?:s|es)?\b)"
    text = prose.without(sentences(read), QUOTED)
    for match in re.finditer(whole, text, re.IGNORECASE):
        word = " ".join(match[0].lower().split())
        if word in known:
            line = text.count("\n", 0, match.start()) + 1
            yield known[word], line, match[0]


def _rows(glossary: Page) -> list[list[str]]:
    """Return the cells of all rows but heads and the rules below them."""
    return [
        [cell.strip() for cell in match["cells"].split("|")]
        for match in ROW.finditer(RULE.sub("", glossary.source))
    ]


def _cut(cell: str) -> tuple[str, ...]:
    words = (word.strip() for word in re.split(r"[,，、;；]", cell))
    return tuple(word for word in words if word not in NOTHING)
