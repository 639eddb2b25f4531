"""What becomes of a page besides what MkDocs does with it."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from page import read

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
EMPTY = re.compile(r"<p>\s*</p>\n?")
MARKED = re.compile(r'(<div class="[^"]*\b(raises|warns)-([\w.]+)[^"]*")')

NOTED = re.compile(
    r'(?P<notes>(?:<p class="(?:program|receipt)">[^<]*</p>)+)</div>'
    r'(?P<output>\s*<div class="[^"]*\blanguage-text\b[^"]*">.*?</pre>)</div>',
    re.DOTALL,
)


def on_page_markdown(markdown: str, page: Page, **_: object) -> None:
    """End the build where a page cannot be read, and say how to mend it."""
    source = Path(page.file.abs_src_path)
    if source.suffix == ".md" and (faults := read(source).faults):
        raise PluginError("\n".join(map(str, faults)))


def on_page_content(html: str, **_: object) -> str:
    """Take out the directives, name exceptions, put notes in their place."""
    return with_notes_last(name_exceptions(without_comments(html)))


def without_comments(html: str) -> str:
    """Return the HTML without comments: those in code are escaped there."""
    return EMPTY.sub("", COMMENT.sub("", html))


def name_exceptions(html: str) -> str:
    """Give blocks of class `raises-XError` that name as an attribute.

    And those of class `warns-XWarning`.
    """
    return MARKED.sub(r'\1 data-\2="\3"', html)


def with_notes_last(html: str) -> str:
    """Move what is noted below a block to below its output.

    For a reader the output belongs to the block.
    """
    return NOTED.sub(r"</div>\g<output>\g<notes></div>", html)
