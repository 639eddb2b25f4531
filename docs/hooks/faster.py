"""What makes a build faster, and changes nothing of what it builds."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from remembered import pages

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'--8<-- "([^":]+)')
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
    """Render a page, or recall how it was rendered."""
    path, key = page.file.abs_src_path, made_of(page.markdown, files)
    if path not in pages or pages[path][0] != key:
        Page.render(page, config, files)
        rendered = {name: getattr(page, name) for name in RENDERED}
        links = (page.links_to_anchors or {}).items()
        pages[path] = key, rendered, [(to.src_uri, each) for to, each in links]
    _, rendered, links = pages[path]
    vars(page).update(rendered)
    page.links_to_anchors = {
        files.get_file_from_path(uri): anchors for uri, anchors in links
    }


def made_of(markdown: str, files: Files) -> tuple:
    """Return what decides how a page is rendered."""
    included = {ROOT / "snippets" / name for name in INCLUDE.findall(markdown)}
    changing = [*ROOT.glob("mkdocs*.yml"), *filter(Path.is_file, included)]
    times = {path: path.stat().st_mtime_ns for path in changing}
    return markdown, times, frozenset(files.src_uris)


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
