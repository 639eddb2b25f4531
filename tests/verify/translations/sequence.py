"""Whether the two languages of a page say the same things.

A page is a row of blocks: headings, paragraphs, items, cells, captions,
equations, code, figures. Both languages have the same blocks in the same
order, and in each the same formulas, code, numbers, links, pictures and
colours, in whatever order a sentence has them.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bs4 import BeautifulSoup, NavigableString, Tag

import page
from verify.literals import literals

# Stands in the words of a block for a formula, or for code.
FORMULA = "\ufffc"
# What stands within a line; all other tags are blocks.
INLINE = {"a", "abbr", "br", "code", "del", "em", "img", "kbd", "mark"}
INLINE |= {"small", "span", "strong", "sub", "sup"}
# What stands in the source as it is read: a label of tabs comes too early.
IN_ORDER = {"p", "li", "td", "figcaption", "h1", "h2", "h3", "h4"}
# What both languages say of a picture, or of a mark, in words of their own.
SEEN = {"blue": "蓝", "green": "绿", "grey": "灰", "orange": "橙", "red": "红"}
SEEN |= {sign: sign for sign in "✓✗"}
# A page elsewhere may have an address for each language.
LANGUAGE = re.compile(r"/(?:zh-cn|zh|en)(?=/)")
MONTHS = calendar.month_name[1:]
ANY_MONTH = "|".join(MONTHS)
# A month in a date is a number in Chinese: May 1929, 5 May.
MONTH = re.compile(rf"\b({ANY_MONTH})\b(?=,? \d)|(?<=\d )({ANY_MONTH})\b")
# These may be said again by a pronoun in the other language.
SAID_AGAIN_FREELY = ("formula", "code", "colour")
SHOWN = 60
Part = tuple[str, str]


@dataclass(frozen=True)
class Block:
    """A block of a page: its words, and what both languages have to say.

    That is the block itself and what stands in it, such as "number 24".
    """

    place: str
    words: str
    said: tuple[str, ...]


def differences(zh: list[Block], en: list[Block]) -> Iterator[str]:
    """Yield a sentence for each difference, with file and line of both."""
    both = [[block.said for block in side] for side in (zh, en)]
    matcher = SequenceMatcher(None, *both, autojunk=False)
    for change, i, j, k, m in matcher.get_opcodes():
        if change != "equal":
            left = Counter(each for said in both[0][i:j] for each in said)
            right = Counter(each for said in both[1][k:m] for each in said)
            here, there = en[min(k, len(en) - 1)], zh[min(i, len(zh) - 1)]
            yield (
                f"{here.place}: this does not say what {there.place} says"
                f"\n    only zh: {_listed(left - right)}"
                f"\n    only en: {_listed(right - left)}"
            )


def _listed(said: Counter) -> str:
    lines = (" ".join(each.split()) for each in said.elements())
    short = (t if len(t) <= SHOWN else f"{t[:SHOWN]}…" for t in lines)
    return ", ".join(short) or "–"


def blocks(read: page.Page) -> list[Block]:
    """Return the blocks of a page, as the site's own extensions show it."""
    body = BeautifulSoup(f"<body>{read.html}", "lxml").body
    lines, at = read.source.splitlines(), read.lines[0].number - 1
    name, about = page.shown(read.path), read.meta.get("description") or ""
    found = [_block(f"{name}:1", "", [("", about)])]
    for node in body.find_all(lambda tag: tag.name not in INLINE):
        parts = list(_parts(node))
        line = _line(parts, lines, at)
        at = line if node.name in IN_ORDER else at
        kind = " ".join([node.name, *node.get("class", ())])
        found.append(_block(f"{name}:{line + 1}", f"<{kind}>", parts))
    return found


def _line(parts: list[Part], lines: list[str], at: int) -> int:
    """Return the index of the line, from `at` on, where the longest stands."""
    whole = "\n".join(text for _, text in parts)
    longest = max(whole.split("\n"), key=len).strip(" \\[]()")
    rest = range(at, len(lines))
    return next((n for n in rest if longest[:24] in lines[n]), at)


def _block(place: str, kind: str, parts: list[Part]) -> Block:
    words = "".join(
        FORMULA if name in ("formula", "code") else "" if name else text
        for name, text in parts
    )
    said = [
        f"{name} {normal_tex(text) if name == 'formula' else text.strip()}"
        for name, text in parts
        if name
    ]
    said += [f"number {each}" for each in numbers(words)]
    for colour, chinese in SEEN.items():
        if re.search(rf"\b{colour}(?:r|st|d?ish)?\b|{chinese}", words.lower()):
            said.append(f"colour {colour}")
    once = {each for each in said if each.startswith(SAID_AGAIN_FREELY)}
    often = [each for each in said if each not in once]
    return Block(place, words, (kind, *sorted([*once, *often])))


def _parts(node: Tag) -> Iterator[Part]:
    """Yield what stands in a block, but for the blocks within it.

    Each part is named, as in ("link", "#pitfalls"), but for the words.
    """
    classes = node.get("class", ())
    if "arithmatex" in classes:
        yield "formula", node.get_text()
    elif node.name == "code":
        yield "code", node.get_text()
    elif node.name == "img":
        yield "image", node.get("src", "")
        yield "", node.get("alt", "")
    else:
        if node.name == "a":
            yield "link", LANGUAGE.sub("", node.get("href", ""))
        for child in () if "footnote-ref" in classes else node.children:
            if type(child) is NavigableString:  # and no comment
                yield "", str(child)
            elif isinstance(child, Tag) and child.name in INLINE:
                yield from _parts(child)


def normal_tex(tex: str) -> str:
    r"""Return a formula without white space and without words in \text."""
    tex = re.sub(r"\\text\{[^}]*\}", r"\\text{}", tex.strip())
    tex = re.sub(r"^\\[(\[]|\\[)\]]$", "", tex)
    return re.sub(r"\s+", " ", tex).strip()


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in one notation: 1 万 equals 10,000."""
    text = MONTH.sub(lambda m: str(MONTHS.index(m[1] or m[2]) + 1), text)
    return [f"{literal.value:.12g}" for literal in literals(text)]
