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


def read_terms(glossary_zh: str, glossary_en: str) -> list[Term]:
    """Return the terms of the two glossary pages' tables.

    Columns: Chinese, English, meaning, avoided words, chapter. The avoided
    words of a language stand in its own page, separated by commas.
    Raises ValueError where the two tables do not name the same terms.
    """
    zh, en = _rows(glossary_zh), _rows(glossary_en)
    if [row[:2] for row in zh] != [row[:2] for row in en]:
        only = {(*row[:2],) for row in zh} ^ {(*row[:2],) for row in en}
        raise ValueError(
            "the glossary's two tables do not name the same terms in the same"
            f" order: {sorted(only) or 'the order differs'}"
        )
    return [
        Term({"zh": a[0], "en": a[1]}, {"zh": _cut(a[3]), "en": _cut(b[3])})
        for a, b in zip(zh, en, strict=True)
    ]


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
    first: dict[str, dict[str, int]] = {"zh": {}, "en": {}}
    for language, read in (("zh", zh), ("en", en)):
        words = [term.words[language] for term in terms]
        for word, line, _ in _found(read, language, words):
            first[language].setdefault(word, line)
    for term in terms:
        for here, there, other in (("zh", "en", en), ("en", "zh", zh)):
            line = first[here].get(term.words[here])
            if line and term.words[there] not in first[there]:
                read = en if other is zh else zh
                yield (
                    f"{shown(read.path)}:{line}: {term.words[here]!r} stands "
                    f"here, but {term.words[there]!r} nowhere in "
                    f"{shown(other.path)}"
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


def _rows(glossary: str) -> list[list[str]]:
    """Return the cells of all rows but heads and the rules below them."""
    return [
        [cell.strip() for cell in match["cells"].split("|")]
        for match in ROW.finditer(RULE.sub("", glossary))
    ]


def _cut(cell: str) -> tuple[str, ...]:
    words = (word.strip() for word in re.split(r"[,，、;；]", cell))
    return tuple(word for word in words if word not in NOTHING)
