"""What becomes of a page besides what MkDocs does with it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from bs4 import BeautifulSoup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from page import missaved

ROOT = Path(__file__).resolve().parents[2]
FIGURE = re.compile(r'<img (?=[^>]*src="[^"]*(?P<place>assets/figures/[^"]+))')
SIZE = re.compile(r'<svg [^>]*width="([\d.]+)pt" height="([\d.]+)pt"')
CODE = re.compile(
    r"<pre>(?:<span></span>)?<code(?P<code>.*?)</pre>", re.DOTALL
)
COPY = {"zh": "复制", "en": "Copy to clipboard"}
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
EMPTY = re.compile(r"<p>\s*</p>\n?")
MARKED = re.compile(r'(<div class="[^"]*\b(raises|warns)-([\w.]+)[^"]*")')
TABLE = re.compile(
    r'<table>(?:(?!</table>).)*?<th class="sentences".*?</table>', re.DOTALL
)
TAG = re.compile(r"<[^>]*>")

HAN = r"\u4e00-\u9fff"
PUNCTUATION = r"\u3000-\u303f\uff01-\uff60“”‘’…"
LINE_END = re.compile(
    r"(?P<kept><(?P<tag>pre|script|style)\b.*?</(?P=tag)>)"
    rf"|(?<=[{PUNCTUATION}])\n(?=\S)|(?<=\S)\n(?=[{PUNCTUATION}])"
    rf"|(?<=[{HAN}])\n(?=[{HAN}])",
    re.DOTALL,
)


def on_pre_build(config: MkDocsConfig) -> None:
    """End the build where a file is not saved as the others."""
    if faults := list(missaved(Path(config.docs_dir).parents[1])):
        raise PluginError("\n".join(map(str, faults)))


def on_page_content(html: str, config: MkDocsConfig, **_: object) -> str:
    """Take out the directives, name exceptions and what cells are of.

    A browser knows how high figures and code are before it draws them: so
    nothing jumps, and what is not yet in view costs no time. Code comes with
    its button: the theme's script would make each when the page begins.
    """
    html = TABLE.sub(with_labels, name_exceptions(without_comments(html)))
    if config.theme["language"] == "zh":
        html = join_lines(html)
    numbers, title = itertools.count(), COPY[config.theme["language"]]

    def with_button(match: re.Match) -> str:
        return block(match["code"], f"code-{next(numbers)}", title)

    return FIGURE.sub(with_size, CODE.sub(with_button, html))


def without_comments(html: str) -> str:
    """Return the HTML without comments: those in code are escaped there."""
    return EMPTY.sub("", COMMENT.sub("", html))


def name_exceptions(html: str) -> str:
    """Give blocks of class `raises-XError` that name as an attribute.

    And those of class `warns-XWarning`.
    """
    return MARKED.sub(r'\1 data-\2="\3"', html)


def with_labels(match: re.Match) -> str:
    """Return a table whose cells have the heads of their columns.

    A phone shows a row with sentences as a card, without a cell that says
    none.
    """
    table = BeautifulSoup(match[0], "html.parser")
    heads = [head.get_text().strip() for head in table("th")]
    for cell, head in zip(table("td"), itertools.cycle(heads), strict=False):
        cell["data-label"] = head
        if cell.get_text().strip() == "–":
            cell["data-none"] = ""
    return str(table)


def with_size(match: re.Match) -> str:
    """Return the start of a figure's tag with its width and height."""
    path = ROOT / "docs" / match["place"]
    if not path.is_file():  # MkDocs says so
        return match[0]
    points = SIZE.search(path.read_text("utf-8")).groups()
    width, height = (round(float(each) * 4 / 3) for each in points)
    return f'<img loading="lazy" width="{width}" height="{height}" '


def block(code: str, name: str, title: str) -> str:
    """Return a block of code with the number of its lines and its button.

    It takes the focus, and so comes into view, where the theme looks at it.
    """
    lines = TAG.sub("", f"<code{code}").rstrip("\n").count("\n") + 1
    return (
        f'<pre style="--lines:{lines}"><span class="md-code__nav">'
        f'<button class="md-code__button" title="{title}" '
        f'data-clipboard-target="#{name}" data-md-type="copy"></button></span>'
        f'<code id="{name}" tabindex="0"{code}</pre>'
    )


def join_lines(html: str) -> str:
    """Return HTML with the line ends between Chinese characters removed.

    In the source of a page each sentence has a line of its own. A browser
    shows the end of a line as a space, which Chinese does not have between
    characters or beside its punctuation. Whatever stands in `pre`, `script`
    and `style` stays as it is.
    """
    return LINE_END.sub(lambda match: match["kept"] or "", html)
