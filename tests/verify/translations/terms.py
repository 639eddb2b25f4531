"""Whether both languages keep to the agreed terms of the glossary page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# What is not prose: code, formulas, comments, the targets of links.
NOT_PROSE = re.compile(
    r"^---\n.*?\n---\n|^ *(?P<f>```+|~~~+).*?^ *(?P=f) *$|<!--.*?-->"
    r"|\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]*`|\]\([^)\s]*\)|\{[#.:][^}]*\}"
    r"|^\[\^[^\]]+\]:.*?$|<[^>\n]+>",
    re.DOTALL | re.MULTILINE,
)
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
    source: str, language: str, terms: list[Term], name: str
) -> Iterator[str]:
    """Yield a sentence for each word that the glossary tells to avoid."""
    agreed = {
        word: term.words[language]
        for term in terms
        for word in term.avoided[language]
    }
    words = [*agreed, *(term.words[language] for term in terms)]
    for word, match in _found(source, language, words):
        if word in agreed:
            yield (
                f"{name}:{_line(source, match)}: {match[0]!r}: the agreed "
                f"term is {agreed[word]!r}; see the glossary page"
            )


def one_sided_terms(
    zh: str, en: str, terms: list[Term], zh_name: str, en_name: str
) -> Iterator[str]:
    """Yield a sentence for each term that only one language's page has."""
    texts, names = {"zh": zh, "en": en}, {"zh": zh_name, "en": en_name}
    first: dict[str, dict[str, re.Match]] = {"zh": {}, "en": {}}
    for language, text in texts.items():
        words = [term.words[language] for term in terms]
        for word, match in _found(text, language, words):
            first[language].setdefault(word, match)
    for term in terms:
        for here, there in (("zh", "en"), ("en", "zh")):
            match = first[here].get(term.words[here])
            if match and term.words[there] not in first[there]:
                yield (
                    f"{names[here]}:{_line(texts[here], match)}: "
                    f"{term.words[here]!r} stands here, but "
                    f"{term.words[there]!r} nowhere in {names[there]}"
                )


def prose(source: str) -> str:
    """Return a page's sentences; all else is blank, line for line."""
    return blank(NOT_PROSE, source)


def blank(pattern: re.Pattern, text: str) -> str:
    """Return a text with what a pattern finds blanked, line for line."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def _found(
    source: str, language: str, words: Iterable[str]
) -> Iterator[tuple[str, re.Match]]:
    """Yield the words in a page's sentences, the longest at each place.

    So a word that is a part of a longer one is not found there.
    """
    known = {word.lower(): word for word in words}
    parts = "|".join(
        re.escape(word).replace(r"\ ", r"\s+")
        for word in sorted([*known, *OTHER_WORDS], key=len, reverse=True)
    )
    whole = parts if language == "zh" else rf"\b(?:{parts})(?=(?:s|es)?\b)"
    text = blank(QUOTED, prose(source))
    for match in re.finditer(whole, text, re.IGNORECASE):
        word = " ".join(match[0].lower().split())
        if word in known:
            yield known[word], match


def _line(text: str, match: re.Match) -> int:
    return text.count("\n", 0, match.start()) + 1


def _rows(glossary: str) -> list[list[str]]:
    """Return the cells of all rows but heads and the rules below them."""
    return [
        [cell.strip() for cell in match["cells"].split("|")]
        for match in ROW.finditer(RULE.sub("", glossary))
    ]


def _cut(cell: str) -> tuple[str, ...]:
    words = (word.strip() for word in re.split(r"[,，、;；]", cell))
    return tuple(word for word in words if word not in NOTHING)
