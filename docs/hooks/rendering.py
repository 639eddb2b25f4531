"""A page is rendered once while nothing that it is made of changes."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

import remembered
from page import read

ROOT = Path(__file__).resolve().parents[2]
# What a page includes, a snippet or a figure, and where it is.
INCLUDE = re.compile(
    r"""-8<-+ +["'](?P<snippets>[^"':]+)|(?P<docs>assets/figures/[^"')\s]+)"""
)
TEMPLATES = "docs/overrides/**/*.*"
RENDERED = {
    *("content", "toc", "title", "entries", "terms"),
    *("_title_from_render", "present_anchor_ids"),
}
_shared: dict[str, tuple] = {}  # by docs_dir: what all its pages depend on
# By docs_dir: what each page shows, by its place.
_written: defaultdict[str, dict[str, str]] = defaultdict(dict)
_warnings = CountHandler()  # of all builds of this process


def on_startup(**_: object) -> None:
    """Count warnings: what came with one is not kept, but told again."""
    _warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(_warnings)


def on_config(config: MkDocsConfig) -> None:
    """Spare each build but the first the walk through the theme's icons."""
    make = config.theme.get_env

    def get_env() -> Environment:
        env = make()
        env.loader.list_templates = lambda: templates(*env.loader.searchpath)
        return env

    config.theme.get_env = get_env


@functools.cache
def templates(*folders: str) -> list[str]:
    """Return what the folders of a theme hold, but for its 14,000 icons.

    Of what is hidden MkDocs copies nothing; that list stays the same.
    """
    found = FileSystemLoader(folders).list_templates()
    return [name for name in found if not name.startswith(".")]


def on_nav(nav: object, config: MkDocsConfig, files: Files) -> None:
    """Note what decides how all pages are rendered, besides their text.

    What plugins and hooks do with a rendered page belongs to it: it is done
    when the page is rendered, and not again.
    """
    events = config.plugins.events
    steps, events["page_content"] = events["page_content"], []
    settings = ROOT.glob("mkdocs*.yml")
    addresses = sorted(f"{file.src_uri} {file.url}" for file in files)
    texts = (path.read_text("utf-8") for path in settings)
    _shared[config.docs_dir] = steps, digest(*texts, *addresses)
    for file in files.documentation_pages():
        file.is_modified = lambda: True  # it is read, and then looked at


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Let a page be rendered where it is made of anything new."""
    report = config.hooks["docs/hooks/marks.py"].report()
    steps, shared = _shared[config.docs_dir]
    parts = page.meta, markdown, *included(markdown)
    page.made = digest(shared, report.get("tree"), *parts)
    page.render = functools.partial(render, page, page.render, steps)


def included(text: str) -> Iterator[tuple[Path, str]]:
    """Yield the files that a text includes, and those that they include."""
    for match in INCLUDE.finditer(text):
        path = ROOT / match.lastgroup / match[match.lastgroup]
        if path.is_file():
            content = path.read_text("utf-8")
            yield path, content
            if match["snippets"]:
                yield from included(content)


def render(
    page: Page,
    make: Callable,
    steps: list[Callable],
    config: MkDocsConfig,
    files: Files,
) -> None:
    """Render a page, or recall how it was rendered.

    End the build where it cannot be read, and say how to mend it.
    """
    path = page.file.abs_src_path

    def rendered() -> tuple[dict, list]:
        if faults := read(path).faults:
            raise PluginError("\n".join(map(str, faults)))
        make(config, files)
        for step in steps:
            page.content = step(
                page.content, page=page, config=config, files=files
            )
        links = (page.links_to_anchors or {}).items()
        return (
            {name: vars(page)[name] for name in RENDERED & vars(page).keys()},
            [(to.src_uri, each) for to, each in links],
        )

    # The archive has other addresses, and forgets nothing of the site.
    name = "page", path, page.file.url
    found, links = remembered.recall(name, page.made, rendered)
    vars(page).update(found)
    page.links_to_anchors = {
        files.get_file_from_path(uri): anchors for uri, anchors in links
    }


def on_env(
    env: Environment, config: MkDocsConfig, files: Files, **_: object
) -> None:
    """Keep templates as they were compiled.

    Let MkDocs, where it serves the site, write those pages that show anything
    new: each shows the titles of all. A page that is no more shows nothing.
    """
    with contextlib.suppress(OSError, RuntimeError):  # no folder for it
        env.bytecode_cache = FileSystemBytecodeCache()
    pages = {f.abs_dest_path: f.page for f in files.documentation_pages()}
    titles = [page.title for page in pages.values()]
    templates = [path.stat().st_mtime_ns for path in ROOT.glob(TEMPLATES)]
    written = _written[config.docs_dir]
    for place, page in pages.items():
        page.shown = digest(page.made, titles, templates)
        is_new = written.get(place) != page.shown
        page.file.is_modified = lambda is_new=is_new: is_new
    for place in written.keys() - pages.keys():
        Path(place).unlink(missing_ok=True)
        del written[place]


def on_post_page(
    output: str, page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Note what is written."""
    _written[config.docs_dir][page.file.abs_dest_path] = page.shown


def on_shutdown(**_: object) -> None:
    """Keep what was rendered, unless that is to warn, or -q hides it."""
    hears = logging.getLogger("mkdocs").isEnabledFor(logging.WARNING)
    if hears and not _warnings.get_counts():
        remembered.save()


def digest(*parts: object) -> str:
    """Return one hash of all parts."""
    return hashlib.blake2b("\0".join(map(str, parts)).encode()).hexdigest()
