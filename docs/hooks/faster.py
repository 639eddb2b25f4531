"""What makes a build faster, and changes nothing of what it builds."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

import remembered
from page import read

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r"""-8<-+ +["']([^"':]+)""")
RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")
UNREAD = re.compile(r"<(style|script)\b.*?</\1>|</?span\b[^>]*>", re.DOTALL)


def on_env(env: Environment, **_: object) -> None:
    """Keep the templates as they were compiled, for the next build too."""
    with contextlib.suppress(OSError, RuntimeError):  # no folder for it
        env.bytecode_cache = FileSystemBytecodeCache()


def on_page_markdown(
    markdown: str, page: Page, files: Files, **_: object
) -> None:
    """Render a page once while neither it nor what it may include changes."""
    if page.file.src_uri.endswith(".md"):
        page.render = lambda config, files: render(page, config, files)


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Render a page, or recall how it was rendered.

    End the build where it cannot be read, and say how to mend it. What came
    with a warning is not recalled: the next build is to give it as well.
    """
    name, warnings = ("page", page.file.abs_src_path), CountHandler()

    def rendered() -> tuple[dict, list]:
        if faults := read(page.file.abs_src_path).faults:
            raise PluginError("\n".join(map(str, faults)))
        Page.render(page, config, files)
        links = (page.links_to_anchors or {}).items()
        return (
            {name: getattr(page, name) for name in RENDERED},
            [(to.src_uri, each) for to, each in links],
        )

    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        made = made_of(page.markdown, files)
        found, links = remembered.recall(name, made, rendered)
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
    if warnings.get_counts():
        remembered.forget(name)
    vars(page).update(found)
    page.links_to_anchors = {
        files.get_file_from_path(uri): anchors for uri, anchors in links
    }


def made_of(markdown: str, files: Files) -> str:
    """Return the hash of what decides how a page is rendered."""
    settings = [path.read_text("utf-8") for path in ROOT.glob("mkdocs*.yml")]
    parts = [*settings, *sorted(files.src_uris), *with_included(markdown)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def with_included(text: str) -> Iterator[str]:
    """Yield a text and what it includes, which may include more."""
    yield text
    for name in INCLUDE.findall(text):
        path = ROOT / "snippets" / name
        if path.is_file():
            yield from with_included(path.read_text("utf-8"))


def on_shutdown(**_: object) -> None:
    """Keep what was rendered for the next build."""
    remembered.save()


@event_priority(100)
def before_search(context: dict, page: Page, **_: object) -> None:
    """Let the search read words alone: not what colours code, nor styles.

    It reads tag by tag, and code has a tag for each word.
    """
    page.whole = page.content
    page.content = UNREAD.sub("", page.content)


def after_search(context: dict, page: Page, **_: object) -> None:
    """Give the page all that it had."""
    page.content = page.whole


on_page_context = CombinedEvent(before_search, after_search)
