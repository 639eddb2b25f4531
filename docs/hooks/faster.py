"""What makes a build faster, and changes nothing of what it builds."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

import remembered
from page import read

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r"""-8<-+ +["']([^"':]+)""")
RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")
UNREAD = re.compile(r"<(style|script)\b.*?</\1>|</?span\b[^>]*>", re.DOTALL)


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> None:
    """Keep templates as they were compiled, and the entries of the search."""
    with contextlib.suppress(OSError, RuntimeError):  # no folder for it
        env.bytecode_cache = FileSystemBytecodeCache()
    for plugin in config.plugins.values():
        if isinstance(plugin, SearchPlugin):
            index = plugin.search_index
            add = functools.partial(index_once, index)
            index.add_entry_from_context = add


def on_page_markdown(
    markdown: str, page: Page, files: Files, **_: object
) -> None:
    """Render a page once while neither it nor what it may include changes.

    End the build where it cannot be read, and say how to mend it.
    """
    path = page.file.abs_src_path
    if not path.endswith(".md"):
        return
    made = made_of(markdown, files)
    faults = remembered.recall(
        ("faults", path), made, lambda: [*map(str, read(path).faults)]
    )
    if faults:
        raise PluginError("\n".join(faults))
    page.render = lambda config, files: render(page, config, files, made)


def render(page: Page, config: MkDocsConfig, files: Files, made: str) -> None:
    """Render a page, or recall how it was rendered.

    What came with a warning is not recalled: the next build is to give it too.
    """
    name, warnings = ("page", page.file.abs_src_path), CountHandler()

    def rendered() -> tuple[dict, list]:
        Page.render(page, config, files)
        links = (page.links_to_anchors or {}).items()
        return (
            {name: getattr(page, name) for name in RENDERED},
            [(to.src_uri, each) for to, each in links],
        )

    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
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
    places = sorted(f"{file.src_uri} {file.url}" for file in files)
    return digest(*settings, *places, *with_included(markdown))


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


def index_once(index: SearchIndex, page: Page) -> None:
    """Add a page to the search index, or recall what was added for it.

    The search reads tag by tag, and code has a tag for each word: it is given
    words alone, not what colours code, nor styles.
    """

    def entries() -> list[dict]:
        before, whole = len(index.entries), page.content
        page.content = UNREAD.sub("", whole)
        SearchIndex.add_entry_from_context(index, page)
        page.content = whole
        found = index.entries[before:]
        del index.entries[before:]
        return found

    words = (ROOT / "docs/words.txt").read_text("utf-8")
    made = digest(words, page.content, page.url, page.title, page.meta)
    name = "entries", page.file.abs_src_path
    index.entries += remembered.recall(name, made, entries)


def digest(*parts: object) -> str:
    """Return one hash of all parts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
