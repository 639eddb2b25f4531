"""The whole book as one page of HTML, to be printed.

The pages of the site follow one another as its navigation has them. Links
between them become links within, and ids are told apart by the page that they
stand on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

STYLE = Path(__file__).with_name("printed.css").read_text("utf-8")
# What printed.css leaves of A4 between its margins, in CSS pixels.
SHEET = {"width": 642, "height": 963}
LONG = 45  # lines of code that fill a sheet
WORDS = {
    "zh": {"contents": "目录", "solutions": "练习解答", "see": "解答见第"},
    "en": {
        "contents": "Contents",
        "solutions": "Solutions",
        "see": "Solution on page",
    },
}
# Links to other places of the book say on which page they lead: this many
# digits keep the room until that is known.
UNKNOWN = "000"
NUMBER = """(pages) => {
  for (const link of document.querySelectorAll("a[data-page]")) {
    link.dataset.page = pages[decodeURIComponent(link.hash.slice(1))]
  }
}"""
UNPRINTED = " or ".join(
    f"contains(@class, '{name}')"
    for name in (
        "footnote-backref",
        "headerlink",
        "md-content__button",
        "program",
    )
)
NAVIGATION = (
    "//nav[contains(@class, 'md-nav--primary')]"
    "//*[self::a or self::label][contains(@class, 'md-nav__link')]"
    "[not(@for='__toc' or ancestor::*[contains(@class, 'secondary')])]"
)


@dataclass(frozen=True)
class Chapter:
    """A page of the site: its name, its part of the book and its article."""

    stem: str
    part: str
    article: HtmlElement

    @property
    def title(self) -> str:
        """The heading of the page."""
        return text(self.article.find(".//h1"))


def parse(path: Path) -> HtmlElement:
    """Read a built page."""
    return html.document_fromstring(path.read_text("utf-8"))


def text(node: HtmlElement) -> str:
    """Return what a heading says, without the sign that links to it."""
    return re.sub(r"\s+", " ", node.text_content()).strip(" ¶")


def book(home: Path, language: str, address: str = "") -> str:
    """Return the book in a language, whose site was built for files.

    Links to what is not in the book lead to the site's address, if there is
    one.
    """
    words, front = WORDS[language], parse(home / "index.html")
    chapters = list(read(home, front))
    for chapter in chapters:
        prepare(chapter.article, words)
        link(chapter, {each.stem for each in chapters}, address)
    sheets = front.xpath("//head/link[@rel='stylesheet']")
    running = (
        f'@page {chapter.stem} {{ @top-right {{ content: "{chapter.title}" }} '
        f"}} #{chapter.stem} {{ page: {chapter.stem} }}"
        for chapter in chapters
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(front.findtext('.//title'))}</title>"
        f"{''.join(map(markup, sheets))}"
        f"<style>{STYLE}{''.join(running)}</style></head>"
        '<body class="md-typeset" dir="ltr" data-md-color-scheme="default"'
        f' data-md-color-primary="white">{glyphs(chapters)}'
        f"{cover(front, address)}{contents(chapters, words['contents'])}"
        + "".join(
            f'<section id="{chapter.stem}" class="chapter">'
            f"{markup(chapter.article)}</section>"
            for chapter in chapters
        )
        + "</body></html>"
    )


def markup(node: HtmlElement) -> str:
    """Return the HTML of an element."""
    return html.tostring(node, encoding="unicode", with_tail=False)


def read(home: Path, front: HtmlElement) -> Iterator[Chapter]:
    """Yield the chapters in the order of the navigation."""
    part = ""
    for entry in front.xpath(NAVIGATION):
        if entry.tag == "label":
            part = text(entry)
            continue
        path = urlsplit(entry.get("href")).path or "index.html"
        (article,) = parse(home / path).xpath("//article")
        yield Chapter(Path(path).stem, part, article)


def prepare(article: HtmlElement, words: dict[str, str]) -> None:
    """Leave out what paper has no use for, and open what is folded."""
    for node in article.xpath(f".//*[{UNPRINTED} or self::script]"):
        node.drop_tree()
    for image in article.iter("img"):
        image.attrib.pop("loading", None)
    for box in article.iter("details"):
        box.set("open", "")
    for code in article.iter("pre"):
        if code.text_content().count("\n") > LONG:
            code.set("class", "long")
    if solutions := article.xpath(".//details[contains(@class, 'success')]"):
        heading = f"<h2 id='solutions'>{words['solutions']}</h2>"
        last = html.fragment_fromstring(heading, create_parent="section")
        for number, solution in enumerate(solutions, 1):
            last.extend(moved(solution, f"solution-{number}", words["see"]))
        for notes in article.xpath("./div[@class='footnote']"):
            last.append(notes)
        article.append(last)


def moved(solution: HtmlElement, name: str, see: str) -> list[HtmlElement]:
    """Return a solution with a heading; a link to it stays in its place."""
    (exercise,) = solution.xpath("preceding::*[self::h2 or self::h3][1]")
    solution.addprevious(
        html.fromstring(
            f"<p class='solution'><a href='#{name}' data-page='{UNKNOWN}'>"
            f"{see}</a></p>"
        )
    )
    solution.find("summary").drop_tree()
    solution.drop_tree()
    solution.tag = "div"
    solution.attrib.clear()
    heading = f"<h3 id='{name}'>{escape(text(exercise))}</h3>"
    return [html.fromstring(heading), solution]


def link(chapter: Chapter, stems: set[str], address: str) -> None:
    """Let ids and links of a page mean the same in the book."""
    for node in chapter.article.xpath(".//*[@id and not(self::path)]"):
        node.set("id", f"{chapter.stem}--{node.get('id')}")
    for node in chapter.article.xpath(".//a[@href]"):
        target = urlsplit(node.get("href"))
        stem = Path(target.path).stem or chapter.stem
        if target.scheme:
            continue
        if stem in stems and target.path in ("", f"{stem}.html"):
            anchor = f"--{target.fragment}" if target.fragment else ""
            node.set("href", f"#{stem}{anchor}")
            if stem != chapter.stem:
                node.set("data-page", UNKNOWN)
        elif address:
            node.set("href", urljoin(address, node.get("href")))
        else:
            node.drop_tag()


def glyphs(chapters: list[Chapter]) -> str:
    """Return the outlines of all glyphs, each of which the book has once."""
    outlines = {}
    for chapter in chapters:
        for drawing in chapter.article.xpath(".//*[@class='glyphs']"):
            outlines |= {path.get("id"): path for path in drawing.iter("path")}
            drawing.drop_tree()
    return (
        '<svg class="glyphs" width="0" height="0"><defs>'
        f"{''.join(map(markup, outlines.values()))}</defs></svg>"
    )


def cover(front: HtmlElement, address: str) -> str:
    """Return the first sheet."""
    (description,) = front.xpath("//meta[@name='description']/@content")
    (licence,) = front.xpath("//*[@class='md-copyright__highlight']")
    (image,) = front.xpath("(//figure//img)[1]/@src")
    return (
        '<section class="cover"><p class="title">'
        f"{escape(front.findtext('.//title'))}</p><p>{escape(description)}</p>"
        f'<img src="{image}" alt=""><p class="imprint">'
        f"{escape(text(licence))}<br>{escape(address)} {date.today()}</p>"
        "</section>"
    )


def contents(chapters: list[Chapter], title: str) -> str:
    """Return the contents: parts, chapters and their sections."""
    lines, part = [f'<p class="title">{title}</p>'], ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            lines.append(f'<p class="part">{escape(part)}</p>')
        lines.append(entry("name", chapter.stem, chapter.title))
        lines += [
            entry("section", heading.get("id"), text(heading))
            for heading in chapter.article.xpath(".//h2")
        ]
    return f'<nav class="contents">{"".join(lines)}</nav>'


def entry(kind: str, target: str, title: str) -> str:
    """Return a line of the contents."""
    return (
        f'<p class="{kind}"><a href="#{target}" data-page="{UNKNOWN}">'
        f"<span>{escape(title)}</span></a></p>"
    )
