"""What makes a build faster, and changes nothing of what it builds."""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from material.plugins.search.plugin import SearchIndex
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

import remembered
from page import read

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r"""-8<-+ +["']([^"':]+)""")
RENDERED = (
    *("content", "toc", "title", "entries"),
    *("_title_from_render", "present_anchor_ids"),
)
UNREAD = re.compile(r"<(style|script)\b.*?</\1>|</?span\b[^>]*>", re.DOTALL)
_content: list[Callable] = []  # what is done with the content of a page
_common: list[object] = []  # what all pages are made of
_made: dict[str, str] = {}  # by path: the hash of what a page is made of


def on_nav(nav: object, config: MkDocsConfig, files: Files) -> None:
    """Note what decides how all pages are rendered, besides their text.

    What plugins and hooks do with a rendered page belongs to it: it is done
    when the page is rendered, and not again.
    """
    events, search = config.plugins.events, config.plugins["material/search"]
    index = search.search_index
    _content[:] = *events["page_content"], functools.partial(entries, index)
    events["page_content"].clear()
    place = events["page_context"].index(search.on_page_context)
    events["page_context"][place] = lambda _, page, **__: index.entries.extend(
        page.entries
    )
    report = config.hooks["docs/hooks/receipts.py"].report()
    _common[:] = around(files), report.get("tree")


def around(files: Iterable[File]) -> str:
    """Return the hash of the settings, the figures and all addresses."""
    settings = [path.read_text("utf-8") for path in ROOT.glob("mkdocs*.yml")]
    places = sorted(f"{file.src_uri} {file.url}" for file in files)
    settings.append((ROOT / "docs/words.txt").read_text("utf-8"))
    return digest(*settings, *places, *changed("assets/figures"))


def changed(place: str) -> list[tuple[str, int]]:
    """Return the files in a folder of docs, and when they changed."""
    return sorted(
        (str(path), path.stat().st_mtime_ns)
        for path in (ROOT / "docs" / place).rglob("*.*")
    )


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Render a page once while neither it nor what it may include changes."""
    made = digest(*_common, page.meta, *with_included(markdown))
    _made[page.file.abs_src_path] = made
    page.render = functools.partial(render, page, page.render, made)


def with_included(text: str) -> Iterator[str]:
    """Yield a text and what it includes, which may include more."""
    yield text
    for name in INCLUDE.findall(text):
        path = ROOT / "snippets" / name
        if path.is_file():
            yield from with_included(path.read_text("utf-8"))


def render(
    page: Page, make: Callable, made: str, config: MkDocsConfig, files: Files
) -> None:
    """Render a page, or recall how it was rendered.

    End the build where it cannot be read, and say how to mend it. What came
    with a warning is not recalled: the next build is to give it too.
    """
    path = page.file.abs_src_path
    # The archive has other addresses, and forgets nothing of the site.
    name, warnings = ("page", path, page.file.url), CountHandler()

    def rendered() -> tuple[dict, list]:
        faults = read(path).faults if path.endswith(".md") else ()
        if faults:
            raise PluginError("\n".join(map(str, faults)))
        make(config, files)
        for event in _content:
            page.content = event(
                page.content, page=page, config=config, files=files
            )
        links = (page.links_to_anchors or {}).items()
        return (
            {
                each: vars(page)[each]
                for each in RENDERED
                if each in vars(page)
            },
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


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep templates as they were compiled, and what comes of them."""
    with contextlib.suppress(OSError, RuntimeError):  # no folder for it
        env.bytecode_cache = FileSystemBytecodeCache()
    titles = [
        (file.page.title, file.url) for file in files.documentation_pages()
    ]
    frame = digest(
        *(*_common, titles, config.extra, config.repo_url),
        *changed("overrides"),
    )
    template = env.get_template("main.html")
    template.render = functools.partial(show, template.render, frame)


def show(make: Callable, frame: str, context: dict) -> str:
    """Return the HTML of a page, anew where it or its frame changes."""
    file = context["page"].file
    name = "shown", file.abs_src_path, file.url
    made = frame, _made[file.abs_src_path]
    html = remembered.recall(name, made, lambda: make(context).encode())
    return html.decode()


def entries(index: SearchIndex, html: str, page: Page, **_: object) -> str:
    """Note what the search is to know of a page.

    The search reads tag by tag, and code has a tag for each word: it is given
    words alone, not what colours code, nor styles.
    """
    mine = copy.copy(index)
    mine.entries, page.content = [], UNREAD.sub("", html)
    mine.add_entry_from_context(page)
    page.entries = mine.entries
    return html


def on_shutdown(**_: object) -> None:
    """Keep what was rendered for the next build."""
    remembered.save()


def digest(*parts: object) -> str:
    """Return one hash of all parts."""
    return hashlib.blake2b("\0".join(map(str, parts)).encode()).hexdigest()
