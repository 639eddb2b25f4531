"""What becomes of a page's Markdown and HTML, besides what MkDocs does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from pymdownx.snippets import (
    SnippetExtension,
    SnippetMissingError,
    SnippetPreprocessor,
)

INCLUDE = re.compile(r'^\s*-+8<-+ "[^"]+"\s*$')
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
EMPTY = re.compile(r"<p>\s*</p>\n?")
RAISES = re.compile(r'(<div class="[^"]*\braises-(\w+)\b[^"]*")')


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, **_: object
) -> None:
    """End the build where a page includes what is not there."""
    source = Path(page.file.abs_src_path)
    options = config.mdx_configs["pymdownx.snippets"]
    lines = source.read_text(encoding="utf-8").splitlines()
    for number, reason in missing_includes(lines, options):
        where = source.relative_to(Path(config.docs_dir).parents[1])
        raise PluginError(f"{where}:{number}: {reason}")


def on_page_content(html: str, **_: object) -> str:
    """Take the machine's directives out and name expected exceptions."""
    return name_exceptions(without_comments(html))


def missing_includes(
    lines: list[str], options: dict[str, object]
) -> Iterator[tuple[int, str]]:
    """Yield the line and the reason of each include that cannot be done."""
    settings = SnippetExtension(**options).getConfigs()
    reader = SnippetPreprocessor(settings, Markdown())
    for number, line in enumerate(lines, start=1):
        if INCLUDE.match(line):
            try:
                reader.run([line])
            except SnippetMissingError as error:
                yield (
                    number,
                    f"{error}; write it in snippets/, or mend the name in "
                    f"`{line.strip()}`.",
                )


def without_comments(html: str) -> str:
    """Return the HTML without comments; code holds them escaped."""
    return EMPTY.sub("", COMMENT.sub("", html))


def name_exceptions(html: str) -> str:
    """Give blocks of class `raises-XError` that name for the stylesheet."""
    return RAISES.sub(r'\1 data-raises="\2"', html)
