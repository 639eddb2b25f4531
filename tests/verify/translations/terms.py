"""Whether both languages keep to the agreed terms of the glossary page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What is not prose: code, formulas, comments, the targets of links.
NOT_PROSE = re.compile(
    r"^---\n.*?\n---\n|^ *(?P<f>```+|~~~+).*?^ *(?P=f) *$|<!--.*?-->"
    r"|\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]*`|\]\([^)\s]*\)|\{[#.:][^}]*\}"
    r"|^\[\^[^\]]+\]:.*?$|<[^>\n]+>",
    re.DOTALL | re.MULTILINE,
)
ROW = re.compile(r"^\|(?P<cells>.+)\|\s*$", re.MULTILINE)
# Words in which the character of a term means something else.
OTHER_WORDS = re.compile("齿轮|轮到|轮廓|轮流")
QUOTED = re.compile("“[^”\n]*”|‘[^’\n]*’")
NOTHING = ("", "–", "—", "-")


@dataclass(frozen=True)
class Term:
    """An agreed pair, and the words that are not used for it."""

    zh: str
    en: str
    avoid_zh: tuple[str, ...]
    avoid_en: tuple[str, ...]


def read_terms(glossary_zh: str, glossary_en: str) -> list[Term]:
    """Return the terms of the two glossary pages' tables.

    Columns: Chinese, English, meaning, avoided words, chapter. The avoided
    words of a language stand in its own page, separated by commas.
    Raises ValueError where the two tables do not name the same terms.
    """
    zh, en = _rows(glossary_zh), _rows(glossary_en)
    if [row[:2] for row in zh] != [row[:2] for row in en]:
        only = set(map(tuple, [r[:2] for r in zh])) ^ set(
            map(tuple, [r[:2] for r in en])
        )
        raise ValueError(
            "the glossary's two tables do not name the same terms in the same"
            f" order: {sorted(only) or 'the order differs'}"
        )
    return [
        Term(a[0], a[1], _words(a[3]), _words(b[3]))
        for a, b in zip(zh, en, strict=True)
    ]


def avoided_words(
    source: str, language: str, terms: list[Term], name: str
) -> Iterator[str]:
    """Yield a sentence for each word that the glossary tells to avoid."""
    text = blank(QUOTED, prose(source))
    all_agreed = [t.zh if language == "zh" else t.en for t in terms]
    for term, agreed in zip(terms, all_agreed, strict=True):
        words = term.avoid_zh if language == "zh" else term.avoid_en
        for word in words:
            for match in _find(word, text, language):
                if _is_part(match, all_agreed, text):
                    continue
                line = text.count("\n", 0, match.start()) + 1
                yield (
                    f"{name}:{line}: {match[0]!r}: the agreed term is"
                    f" {agreed!r}; see the glossary page"
                )


def one_sided_terms(
    zh: str, en: str, terms: list[Term], zh_name: str, en_name: str
) -> Iterator[str]:
    """Yield a sentence for each term that only one language's page has."""
    texts = {
        "zh": blank(OTHER_WORDS, blank(QUOTED, prose(zh))),
        "en": blank(QUOTED, prose(en)),
    }
    names = {"zh": zh_name, "en": en_name}
    agreed = {"zh": [t.zh for t in terms], "en": [t.en for t in terms]}
    for term in terms:
        words = {"zh": term.zh, "en": term.en}
        first = {
            language: _first(words[language], text, language, agreed[language])
            for language, text in texts.items()
        }
        for here, there in (("zh", "en"), ("en", "zh")):
            if first[here] and not first[there]:
                line = texts[here].count("\n", 0, first[here].start()) + 1
                yield (
                    f"{names[here]}:{line}: {words[here]!r} stands here, but"
                    f" {words[there]!r} nowhere in {names[there]}"
                )


def _first(
    word: str, text: str, language: str, agreed: list[str]
) -> re.Match | None:
    """Return where a term stands first, not as a part of a longer one."""
    others = [term for term in agreed if term != word]
    for match in _find(word, text, language):
        if not _is_part(match, others, text):
            return match
    return None


def prose(source: str) -> str:
    """Return a page's sentences; all else is blank, line for line."""
    return blank(NOT_PROSE, source)


def blank(pattern: re.Pattern, text: str) -> str:
    """Return a text with what a pattern finds blanked, line for line."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def _rows(glossary: str) -> list[list[str]]:
    rows = [
        [cell.strip() for cell in match["cells"].split("|")]
        for match in ROW.finditer(glossary)
    ]
    # Of each table the first two rows are its head and the rule below it.
    rule = [i for i, row in enumerate(rows) if set("".join(row)) <= set("-: ")]
    heads = {i for r in rule for i in (r - 1, r)}
    return [row for i, row in enumerate(rows) if i not in heads]


def _words(cell: str) -> tuple[str, ...]:
    words = (word.strip() for word in re.split(r"[,，、;；]", cell))
    return tuple(word for word in words if word not in NOTHING)


def _find(word: str, text: str, language: str) -> Iterator[re.Match]:
    if language == "zh":
        pattern = re.escape(word)
    else:
        pattern = rf"\b{re.escape(word)}(?:s|es)?\b".replace(r"\ ", r"\s+")
    return re.finditer(pattern, text, re.IGNORECASE)


def _is_part(match: re.Match, agreed: list[str], text: str) -> bool:
    """Whether the word found is only a part of an agreed term."""
    for term in agreed:
        if match[0].lower() not in term.lower():
            continue
        start = max(0, match.start() - len(term))
        around = text[start : match.end() + len(term)]
        if term.lower() in " ".join(around.lower().split()):
            return True
    return False
