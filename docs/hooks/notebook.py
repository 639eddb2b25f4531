"""A notebook becomes a page like the others.

Its headings have the ids of their cells, since `## 训练 {#training}` would
show in a notebook; its links lead to pages and its metadata describes it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

log = logging.getLogger(f"mkdocs.hooks.{Path(__file__).stem}")

FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
MARKDOWN_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
LINK = re.compile(
    r'(?P<attribute>href|src)="(?P<path>(?:\.\./|\w+\.md)[^"#]*)'
)
MARKDOWN = re.compile(
    r'<div class="[^"]*\bjp-RenderedMarkdown\b.*?</div>', re.DOTALL
)
FORMULA = re.compile(
    r"(?P<code><(?P<tag>pre|code)\b.*?</(?P=tag)>)"
    r"|<p>\$\$(?P<display>[^$]+)\$\$</p>|\$(?P<inline>[^$]+)\$"
)
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
UNUSED = ("MathJax", "Mermaid")
HEADING = re.compile(r'(<h[1-6]) id="[^"]*"(.*?)href="#[^"]*"', re.DOTALL)
# A cell that is too wide scrolls, by keyboard too where it takes the focus.
CELL = re.compile(r'<div class="[^"]*\bhighlight-ipynb\b[^"]*"')


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
    html = SCRIPT.sub(used, html)
    html = MARKDOWN.sub(with_formulas, html)
    html = LINK.sub(lambda match: resolved(match, page.file, files), html)
    html = CELL.sub(r'\g<0> tabindex="0"', html)
    ids = list(heading_ids(read(page)["cells"]))
    links = list(flat(page.toc))
    if len(ids) != len(links):
        raise PluginError(
            f"{page.file.src_uri}: {len(ids)} headings, of which "
            f"{len(links)} are shown; write each as `## Title`."
        )
    for link, name in zip(links, ids, strict=True):
        link.id = name
    return with_ids(html, ids)


def is_notebook(page: Page) -> bool:
    """Whether a page is written as a notebook."""
    return page.file.src_uri.endswith(".ipynb")


def read(page: Page) -> dict:
    """Return the notebook that a page is written as."""
    return json.loads(Path(page.file.abs_src_path).read_text("utf-8"))


def heading_ids(cells: Iterable[dict]) -> Iterator[str]:
    """Yield an id for each heading: its cell's, numbered from the second."""
    for cell in cells:
        if cell["cell_type"] == "markdown":
            text = FENCE.sub("", "".join(cell["source"]))
            for number, _ in enumerate(MARKDOWN_HEADING.findall(text), 1):
                yield cell["id"] if number == 1 else f"{cell['id']}-{number}"


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


def used(script: re.Match) -> str:
    """Return a script, or nothing where it is for what no notebook has."""
    return "" if any(name in script[0] for name in UNUSED) else script[0]


def with_formulas(match: re.Match) -> str:
    """Return a Markdown cell with its formulas as those of other pages."""

    def formula(match: re.Match) -> str:
        if match["code"]:
            return match[0]
        if match["display"]:
            return f'<div class="arithmatex">\\[{match["display"]}\\]</div>'
        return f'<span class="arithmatex">\\({match["inline"]}\\)</span>'

    return FORMULA.sub(formula, match[0])


def with_ids(html: str, ids: Iterable[str]) -> str:
    """Return the HTML with these ids for its headings, in order."""
    names = iter(ids)

    def rename(match: re.Match) -> str:
        name = next(names, None)
        if name is None:
            return match[0]
        return f'{match[1]} id="{name}"{match[2]}href="#{name}"'

    return HEADING.sub(rename, html)
