"""What a page is made of, apart from its sentences.

Two pages that say the same in two languages have the same skeleton: the same
headings, paragraphs, lists, equations, code, figures and tables in the same
order, and in each section the same formulas, code, links and numbers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, NavigableString, Tag

HEADING = re.compile(r"h[1-6]")
NUMBER = re.compile(
    r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?:\s?[%万亿])?"
)
# A page elsewhere may have an address for each language.
LANGUAGE = re.compile(r"/(?:zh-cn|zh|en)(?=/)")
UNITS = {"万": 10**4, "亿": 10**8}
MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
]
ANY_MONTH = "|".join(MONTHS)
# A month in a date is a number in Chinese: May 1929, 5 May.
MONTH = re.compile(rf"\b({ANY_MONTH})\b(?=,? \d)|(?<=\d )({ANY_MONTH})\b")


@dataclass(frozen=True)
class Item:
    """A block of a page: what it is, its content, and where it stands."""

    kind: str
    content: str
    section: str
    line: int

    @property
    def key(self) -> tuple[str, str]:
        """What must be equal in both languages."""
        return self.kind, self.content


@dataclass
class Skeleton:
    """The blocks of a page in order, and by section what stands in lines."""

    items: list[Item] = field(default_factory=list)
    inline: dict[str, dict[str, Counter]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    lines: dict[str, int] = field(default_factory=dict)


def skeleton(html: str, source: str) -> Skeleton:
    """Return the skeleton of a page.

    `html` is the page as the site's own extensions render it, `source` its
    Markdown, in which the line of each block is looked up.
    """
    reader = _Reader(source)
    reader.walk(BeautifulSoup(f"<body>{html}", "lxml").body)
    return reader.skeleton


class _Reader:
    def __init__(self, source: str) -> None:
        self.skeleton = Skeleton()
        self.source = source.splitlines()
        self.cursor = 0
        self.section = "top"

    def add(self, kind: str, content: str, *needles: str) -> None:
        line = self.find(*needles)
        item = Item(kind, content, self.section, line)
        self.skeleton.items.append(item)

    def find(self, *needles: str) -> int:
        """Return the line of the first needle found from here on."""
        for needle in needles:
            for index in range(self.cursor, len(self.source)):
                if needle.strip() and needle.strip() in self.source[index]:
                    self.cursor = index
                    return index + 1
        return self.cursor + 1

    def walk(self, parent: Tag) -> None:
        for node in parent.children:
            if isinstance(node, Tag):
                self.block(node)

    def block(self, node: Tag) -> None:
        classes = node.get("class") or []
        if HEADING.fullmatch(node.name):
            self.heading(node)
        elif "arithmatex" in classes:
            tex = normal_tex(node.get_text())
            self.add("equation", tex, _first_line(node.get_text()))
        elif "highlight" in classes:
            self.code(node, classes)
        elif node.name == "details" or "admonition" in classes:
            kinds = [c for c in classes if c not in ("admonition", "open")]
            sign = " ".join(kinds)
            self.add("admonition", sign, f"!!! {sign}", f"??? {sign}")
            self.walk(node)
        elif "tabbed-set" in classes:
            count = len(
                node.select(":scope > .tabbed-content > .tabbed-block")
            )
            self.add("tabs", str(count), "=== ")
            self.walk(node)
        elif node.name == "table":
            rows = node.find_all("tr")
            columns = len(rows[0].find_all(["td", "th"])) if rows else 0
            self.add("table", f"{len(rows)} rows, {columns} columns", "|")
            found = self.skeleton.inline[self.section]
            for cell in node.find_all(["td", "th"]):
                found["cell"][" ".join(cell.get_text().split())] += 1
            self.text(node)
        elif node.name in ("ul", "ol"):
            self.items(node)
        elif node.name == "figure":
            image = node.find("img")
            source = image.get("src", "") if image else ""
            self.add("figure", source, source)
            self.text(node)
        elif node.name in ("p", "summary"):
            if node.name == "p" and "admonition-title" not in classes:
                self.add("paragraph", "", _opening(node))
            self.text(node)
        else:
            self.walk(node)

    def heading(self, node: Tag) -> None:
        self.section = node.get("id") or "?"
        name = f"{node.name} #{self.section}"
        self.add("heading", name, f"{{#{self.section}}}")
        self.skeleton.lines[self.section] = self.skeleton.items[-1].line
        self.text(node)

    def code(self, node: Tag, classes: list[str]) -> None:
        text = node.get_text().strip("\n")
        marks = " ".join(c for c in classes if c != "highlight")
        self.add("code", f"{marks}\n{text}", _first_line(text))

    def items(self, node: Tag) -> None:
        items = node.find_all("li", recursive=False)
        self.add("list", f"{node.name} of {len(items)}", _opening(node))
        for item in items:
            if item.find(["p", "ul", "ol", "div", "details", "figure"]):
                self.text(item, deep=False)
                self.walk(item)
            else:
                self.text(item)

    def text(self, node: Tag, deep: bool = True) -> None:
        """Record what stands in the lines of a block.

        Not deep: only what does not stand in a block of its own.
        """
        found = self.skeleton.inline[self.section]
        for child in node.children:
            if isinstance(child, NavigableString):
                if type(child) is NavigableString:
                    found["number"].update(numbers(str(child)))
                continue
            classes = child.get("class") or []
            if "arithmatex" in classes:
                found["formula"][normal_tex(child.get_text())] += 1
            elif child.name == "code":
                found["code"][child.get_text()] += 1
            elif child.name == "img":
                found["image"][child.get("src", "")] += 1
            elif "headerlink" in classes or "footnote-backref" in classes:
                continue
            elif child.name == "a":
                kind = "footnote" if "footnote-ref" in classes else "link"
                found[kind][LANGUAGE.sub("", child.get("href", ""))] += 1
                if kind == "link":
                    self.text(child)
            elif deep or child.name in ("em", "strong", "sup", "span"):
                self.text(child)


def normal_tex(tex: str) -> str:
    r"""Return a formula without white space and without words in \text."""
    tex = re.sub(r"\\text\{[^}]*\}", r"\\text{}", tex.strip())
    tex = re.sub(r"^\\[\[(]|\\[\])]$", "", tex)
    return re.sub(r"\s+", " ", tex).strip()


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in one notation: 1 万 equals 10,000."""
    text = MONTH.sub(lambda m: str(MONTHS.index(m[1] or m[2]) + 1), text)
    return [_normal_number(match[0]) for match in NUMBER.finditer(text)]


def _normal_number(literal: str) -> str:
    digits = literal.replace(",", "").replace("−", "-").replace(" ", "")
    if digits[-1] in UNITS:
        return f"{float(digits[:-1]) * UNITS[digits[-1]]:.12g}"
    if digits.endswith("%"):
        return digits
    return digits


def _first_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip(r" \[]")]
    return lines[0].strip().removeprefix(r"\[").strip() if lines else ""


def _opening(node: Tag) -> str:
    """Return the first words of a block, to find its line by."""
    for text in node.find_all(string=True):
        if text.strip() and text.parent.name not in ("span", "code", "a"):
            return text.strip().splitlines()[0][:24]
    return ""
