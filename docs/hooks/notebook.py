"""A notebook becomes a page like the others.

Its headings have the ids of their cells, since `## 训练 {#training}` would
show in a notebook; its links lead to pages and its metadata describes it.
"""

from __future__ import annotations

import json
import logging
import re
import struct
from base64 import b64decode
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

log = logging.getLogger(f"mkdocs.hooks.{Path(__file__).stem}")

LINK = re.compile(
    r'(?P<attribute>href|src)="(?P<path>(?:\.\./|\w+\.md)[^"#]*)'
)
PARTS = ".jp-RenderedMarkdown, .highlight-ipynb, .jp-OutputArea-output"
FORMULA = re.compile(
    r"(?P<code><(?P<tag>pre|code)\b.*?</(?P=tag)>)"
    r"|<p>\$\$(?P<display>[^$]+)\$\$</p>|\$(?P<inline>[^$]+)\$"
)
HEADINGS = ".jp-RenderedMarkdown :is(h1, h2, h3, h4, h5, h6)"


def on_page_markdown(markdown: str, page: Page, **_: object) -> None:
    """Take a notebook's title and description from its metadata."""
    if is_notebook(page):
        metadata = read(page)["metadata"]
        for name in ("title", "description"):
            if name in metadata:
                page.meta[name] = metadata[name]


def on_page_content(html: str, page: Page, files: Files, **_: object) -> str:
    """Name the headings of a notebook, and resolve its links."""
    if not is_notebook(page):
        return html
    soup = BeautifulSoup(html, "html.parser")
    headings, links = soup.select(HEADINGS), list(flat(page.toc))
    if len(headings) != len(links):
        raise PluginError(
            f"{page.file.src_uri}: {len(headings)} headings, of which "
            f"{len(links)} are shown; write each as `## Title`."
        )
    for heading, link in zip(headings, links, strict=True):
        heading["id"] = link.id = name = cell_of(heading)
        heading.a.attrs = {"class": "headerlink", "href": f"#{name}"}
    metadata = {each["id"]: each["metadata"] for each in read(page)["cells"]}
    parts = (plain(part, metadata) for part in soup.select(PARTS))
    html = "\n".join(parts)
    return LINK.sub(lambda match: resolved(match, page.file, files), html)


def is_notebook(page: Page) -> bool:
    """Whether a page is written as a notebook."""
    return page.file.src_uri.endswith(".ipynb")


def read(page: Page) -> dict:
    """Return the notebook that a page is written as."""
    return json.loads(Path(page.file.abs_src_path).read_text("utf-8"))


def cell_of(part: Tag) -> str:
    """Return the id of the cell that a part of a notebook belongs to."""
    return part.find_parent(class_="jp-Cell")["id"].removeprefix("cell-id=")


def flat(links: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    """Yield the entries of a table of contents in order."""
    for link in links:
        yield link
        yield from flat(link.children)


def resolved(match: re.Match, page: File, files: Files) -> str:
    """Return a link to a file of the project as a link to its page."""
    target = files.get_file_from_path(match["path"])
    if target is None:
        log.warning(
            f"{page.src_uri}: links to {match['path']}, which is not there; "
            "write it, or mend the link."
        )
        return match[0]
    return f'{match["attribute"]}="{target.url_relative_to(page)}'


def plain(part: Tag, metadata: dict[str, dict]) -> str:
    """Return a part of a notebook as other pages have it."""
    if "jp-RenderedMarkdown" in part["class"]:
        return with_formulas(part.decode_contents())
    if part.img:
        source, alt = part.img["src"], metadata[cell_of(part)].get("alt", "")
        start = b64decode(source.partition(",")[2])[:24]
        width, height = struct.unpack(">II", start[16:])
        return (
            f'<figure class="cell"><img alt="{escape(alt)}" width="{width}" '
            f'height="{height}" src="{source}"/></figure>'
        )
    is_code = "highlight-ipynb" in part["class"]
    return (
        f'<div class="language-{"python" if is_code else "text"} highlight '
        f'cell"><pre><code>{part.pre.decode_contents()}</code></pre></div>'
    )


def with_formulas(html: str) -> str:
    """Return a Markdown cell with its formulas as those of other pages."""

    def formula(match: re.Match) -> str:
        if match["code"]:
            return match[0]
        if match["display"]:
            return f'<div class="arithmatex">\\[{match["display"]}\\]</div>'
        return f'<span class="arithmatex">\\({match["inline"]}\\)</span>'

    return FORMULA.sub(formula, html)
