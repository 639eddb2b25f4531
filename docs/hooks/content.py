"""What becomes of a page besides what MkDocs does with it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from page import missaved

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
EMPTY = re.compile(r"<p>\s*</p>\n?")
MARKED = re.compile(r'(<div class="[^"]*\b(raises|warns)-([\w.]+)[^"]*")')
TABLE = re.compile(
    r'<table>(?:(?!</table>).)*?<th class="sentences".*?</table>', re.DOTALL
)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
CELL = re.compile(r"<td(?=[^>]*>(?P<text>[^<]*)<)")
TAG = re.compile(r"<[^>]*>")


def on_pre_build(config: MkDocsConfig) -> None:
    """End the build where a file is not saved as the others."""
    if faults := list(missaved(Path(config.docs_dir).parents[1])):
        raise PluginError("\n".join(map(str, faults)))


def on_page_content(html: str, **_: object) -> str:
    """Take out the directives, name exceptions and what cells are of."""
    return with_labels(name_exceptions(without_comments(html)))


def without_comments(html: str) -> str:
    """Return the HTML without comments: those in code are escaped there."""
    return EMPTY.sub("", COMMENT.sub("", html))


def name_exceptions(html: str) -> str:
    """Give blocks of class `raises-XError` that name as an attribute.

    And those of class `warns-XWarning`.
    """
    return MARKED.sub(r'\1 data-\2="\3"', html)


def with_labels(html: str) -> str:
    """Give the cells of tables with sentences the heads of their columns.

    A phone shows such a row as a card, and leaves out a cell that says none.
    """
    return TABLE.sub(lambda table: labelled(table[0]), html)


def labelled(table: str) -> str:
    """Return a table whose cells are labelled, row by row."""
    heads = [
        TAG.sub("", head).strip().replace('"', "&quot;")
        for head in HEAD.findall(table)
    ]
    columns = itertools.cycle(heads)

    def label(cell: re.Match) -> str:
        none = " data-none" if cell["text"].strip() == "–" else ""
        return f'{cell[0]} data-label="{next(columns)}"{none}'

    return CELL.sub(label, table)
