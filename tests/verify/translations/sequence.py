"""Whether the two languages of a page say the same things.

A page is a row of blocks: headings, paragraphs, items, cells, captions,
equations, code, figures. Both languages have the same blocks in the same
order, and in each paragraph, item, cell and caption the same formulas, code,
numbers, links, footnotes and pictures, in whatever order a sentence has them.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bs4 import BeautifulSoup, NavigableString, Tag

import page
from verify.literals import literals

HEADING, HAN = re.compile("h[1-6]"), re.compile("[\u4e00-\u9fff]")
# What both languages say of a picture, or of a mark, in words of their own.
SEEN = {"blue": "蓝", "green": "绿", "grey": "灰", "orange": "橙", "red": "红"}
SEEN |= {sign: sign for sign in "✓✗"}
# A page elsewhere may have an address for each language.
LANGUAGE = re.compile(r"/(?:zh-cn|zh|en)(?=/)")
MONTHS = calendar.month_name[1:]
ANY_MONTH = "|".join(MONTHS)
# A month in a date is a number in Chinese: May 1929, 5 May.
MONTH = re.compile(rf"\b({ANY_MONTH})\b(?=,? \d)|(?<=\d )({ANY_MONTH})\b")
# What holds sentences, and what these blocks are called.
SENTENCES = {
    "p": "paragraph",
    "summary": "title",
    "figcaption": "caption",
    "li": "item",
    "th": "cell",
    "td": "cell",
}
# What stands in a block of its own within an item, say.
BLOCKS = ["p", "ul", "ol", "div", "details", "figure", "table"]
# A formula or a name may be said again by a pronoun in the other language.
SAID_AGAIN_FREELY = ("formula", "code", "word")
SHOWN = 60


@dataclass(frozen=True)
class Block:
    """A block of a page.

    Its `kind` and `content` are equal in both languages; `said` counts what
    stands in its sentences, as ("number", "24").
    """

    kind: str
    content: str
    place: str
    said: Counter


def differences(zh: list[Block], en: list[Block]) -> Iterator[str]:
    """Yield a sentence for each difference, with file and line of both."""
    keys = [[(each.kind, each.content) for each in side] for side in (zh, en)]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for change, i, j, k, m in matcher.get_opcodes():
        left, right = zh[i:j], en[k:m]
        here, there = _place(en, k), _place(zh, i)
        if change == "equal":
            for ours, theirs in zip(left, right, strict=True):
                yield from _sentences(ours, theirs)
        elif change == "delete":
            yield f"{here}: missing here: {_listed(left)} (it is at {there})"
        elif change == "insert":
            yield f"{there}: missing here: {_listed(right)} (it is at {here})"
        else:
            yield (
                f"{here}: differs from {there}"
                f"\n    zh: {_listed(left)}\n    en: {_listed(right)}"
            )


def _sentences(zh: Block, en: Block) -> Iterator[str]:
    cells, others = ([w for k, w in e.said if k == "cell"] for e in (zh, en))
    is_one = all(map(str.isascii, cells)) or any(map(HAN.search, others))
    left, right = _compared(zh, is_one), _compared(en, is_one)
    if left != right:
        yield (
            f"{en.place}: this {en.kind} does not say what {zh.place} says"
            f"\n    only zh: {_quoted(left - right)}"
            f"\n    only en: {_quoted(right - left)}"
        )


def _compared(block: Block, is_one: bool) -> Counter:
    """Return what both languages have to say, how often where that counts.

    A cell in the other page's language is the same on both: `is_one`.
    """
    return Counter(
        {
            (kind, word): 1 if kind in SAID_AGAIN_FREELY else count
            for (kind, word), count in block.said.items()
            if kind != "cell" or is_one
        }
    )


def blocks(read: page.Page) -> list[Block]:
    """Return the blocks of a page, as the site's own extensions show it.

    The line of each is looked up in its Markdown.
    """
    said = Counter(_words(read.meta.get("description") or ""))
    found = [Block("description", "", f"{page.shown(read.path)}:1", said)]
    lines, at = read.source.splitlines(), 0
    html = page.reader(page.root(read.path)).html(read.source)
    body = BeautifulSoup(f"<body>{html}", "lxml").body
    for kind, content, needle, said in _walk(body):
        rest = range(at, len(lines))
        at = next((n for n in rest if needle and needle in lines[n]), at)
        place = f"{page.shown(read.path)}:{at + 1}"
        found.append(Block(kind, content, place, Counter(said)))
    return found


def _walk(parent: Tag) -> Iterator[tuple[str, str, str, Iterable]]:
    """Yield kind, content, words to find the line by and what is said."""
    for node in parent.find_all(True, recursive=False):
        classes = [e for e in node.get("class") or [] if e != "open"]
        text = node.get_text()
        if HEADING.fullmatch(node.name):
            key = f"#{node.get('id')}"
            yield "heading", f"{node.name} {key}", f"{{{key}}}", _said(node)
        elif "arithmatex" in classes:
            yield "equation", normal_tex(text), _first_line(text), ()
        elif "highlight" in classes:
            code = " ".join([*classes, text.strip("\n")])
            yield "code", code, _first_line(text), ()
        elif node.name in SENTENCES:
            within = node.find(BLOCKS) is not None
            said = list(_said(node))
            if node.name in ("th", "td"):
                said.append(("cell", " ".join(text.split())))
            if "admonition-title" not in classes:
                yield SENTENCES[node.name], "", _opening(node), said
            if within:
                yield from _walk(node)
        else:  # a block of blocks
            image = node.find("img") if node.name == "figure" else None
            content = image["src"] if image else " ".join(classes)
            needle = image["src"] if image else _opening(node)
            yield node.name, content, needle, ()
            yield from _walk(node)


def _said(node: Tag) -> Iterator[tuple[str, str]]:
    """Yield what stands in the lines of a block, as ("number", "24").

    That is what does not stand in a block of its own.
    """
    for child in node.children:
        if isinstance(child, NavigableString):
            if type(child) is NavigableString:
                yield from _words(str(child))
            continue
        classes = child.get("class") or []
        if "arithmatex" in classes:
            yield "formula", normal_tex(child.get_text())
        elif child.name == "code":
            yield "code", child.get_text()
        elif child.name == "img":
            yield "image", child.get("src", "")
            yield from _words(child.get("alt", ""))
        elif "headerlink" in classes or "footnote-backref" in classes:
            continue
        elif child.name == "a":
            kind = "footnote" if "footnote-ref" in classes else "link"
            yield kind, LANGUAGE.sub("", child.get("href", ""))
            if kind == "link":
                yield from _said(child)
        elif child.name not in BLOCKS:
            yield from _said(child)


def _words(text: str) -> Iterator[tuple[str, str]]:
    yield from (("number", each) for each in numbers(text))
    for word, chinese in SEEN.items():
        if re.search(rf"\b{word}(?:r|st|d?ish)?\b|{chinese}", text.lower()):
            yield "word", word


def normal_tex(tex: str) -> str:
    r"""Return a formula without white space and without words in \text."""
    tex = re.sub(r"\\text\{[^}]*\}", r"\\text{}", tex.strip())
    tex = re.sub(r"^\\[\[(]|\\[\])]$", "", tex)
    return re.sub(r"\s+", " ", tex).strip()


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in one notation: 1 万 equals 10,000."""
    text = MONTH.sub(lambda m: str(MONTHS.index(m[1] or m[2]) + 1), text)
    return [f"{literal.value:.12g}" for literal in literals(text)]


def _first_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip(r" \[]")]
    return lines[0].strip().removeprefix(r"\[").strip() if lines else ""


def _opening(node: Tag) -> str:
    """Return the first words of a block, to find its line by."""
    for text in node.find_all(string=True):
        if text.strip() and text.parent.name not in ("span", "code", "a"):
            return text.strip().splitlines()[0][:24]
    return ""


def _place(side: list[Block], index: int) -> str:
    return side[min(index, len(side) - 1)].place if side else "an empty page"


def _listed(side: list[Block]) -> str:
    named = (f"{each.kind} {_short(each.content)}".strip() for each in side)
    return ", ".join(named)


def _quoted(said: Counter) -> str:
    told = (f"{kind} {_short(text)}" for kind, text in said.elements())
    return ", ".join(told) or "–"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
