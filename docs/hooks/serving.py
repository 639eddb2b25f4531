"""What is saved while the site is served changes what shows it, and no more.

MkDocs would build everything anew. Here each language stays as it was last
built: the pages that are made of a saved page, snippet or figure are built
again, and a style or a program is copied. Anything else has all built anew.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from material.plugins.search.plugin import SearchIndex
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build/receipts.json"
# Python keeps the modules that it has read, and jieba the words.
TOOLS = tuple(
    str(ROOT / "docs" / name) for name in ("hooks", "publish", "words.txt")
)


@dataclass
class Site:
    """A language as it was last built."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    index: SearchIndex
    env: Environment | None = None


_sites: dict[str, Site] = {}


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Keep what a language is built of."""
    index = config.plugins["material/search"].search_index
    _sites[config.docs_dir] = Site(config, files, nav, index)


def on_env(env: Environment, config: MkDocsConfig, **_: object) -> None:
    """Keep its templates."""
    _sites[config.docs_dir].env = env


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object):
    """Build what has changed; watch the report of a test run."""
    must_be_free(*config.dev_addr)
    build, seen = server.builder, [files()]

    def build_changed() -> None:
        now = files()
        changed = {path for path, _ in seen[0] ^ now}
        if any(path.startswith(TOOLS) for path in changed):
            start_anew(config)
        if changed and not rebuilt(changed):
            build_all(build)
        seen[0] = now

    server.builder = build_changed
    with contextlib.suppress(OSError):  # a folder that cannot be written
        REPORT.parent.mkdir(exist_ok=True)
        server.watch(str(REPORT.parent), recursive=False)


def files() -> frozenset[tuple[str, int]]:
    """Return the files that the site is built of, and when they changed.

    Editors leave others beside them for a while.
    """
    folders = (ROOT / name for name in ("docs", "snippets", "tests"))
    found = (path for folder in folders for path in folder.rglob("*.*"))
    return frozenset(
        (str(path), path.stat().st_mtime_ns)
        for path in (*found, *ROOT.glob("mkdocs*.yml"), REPORT)
        if path.is_file()
        and "__pycache__" not in path.parts
        and not path.name.startswith((".", "#"))
        and not path.name.endswith("~")
    )


def rebuilt(changed: set[str]) -> bool:
    """Build what shows some files, and return whether that was possible."""
    if not _sites or not all(os.path.isfile(path) for path in changed):
        return False
    try:
        known = [rebuild(site, changed) for site in _sites.values()]
    except (BuildError, UnicodeDecodeError):  # the build of all tells it
        return False
    return changed <= set().union(*known)


def rebuild(site: Site, changed: set[str]) -> set[str]:
    """Build what shows some files, and return those that are shown."""
    config, shown = site.config, set()
    for file in site.files:
        if file.abs_src_path in changed and not file.is_documentation_page():
            file.copy_file()
            shown.add(file.abs_src_path)
    docs = site.files.documentation_pages()
    pages = [file.page for file in docs if file.page.made_of & changed]
    titles = [page.title for page in pages]
    config.plugins.on_pre_build(config=config)
    for page in pages:
        _populate_page(page, config, site.files)
        shown |= page.made_of
    if titles != [page.title for page in pages]:  # other pages show them
        pages = [file.page for file in docs]
    for page in pages:
        _build_page(page, config, docs, site.nav, site.env)
    if pages:
        level = config.validation.links.anchors
        for file in docs:
            file.page.validate_anchor_links(files=site.files, log_level=level)
        search = config.plugins["material/search"]  # one for both languages
        search.search_index = site.index
        search.on_post_build(config=config)
    return shown


def build_all(build: Callable[[], None]) -> None:
    """Build everything; where that fails, the next save does so as well."""
    try:
        build()
    except BaseException:
        _sites.clear()
        raise


def start_anew(config: MkDocsConfig) -> None:
    """Start the server's process from its beginning."""
    config.plugins.on_shutdown()
    shutil.rmtree(config.site_dir)
    os.execv(sys.executable, sys.orig_argv)


def must_be_free(host: str, port: int) -> None:
    """End with a sentence where a server is to listen, and one does."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise PluginError(
            f"port {port} of {host} cannot be had: "
            f"{os.strerror(error.errno)}; stop what runs there, or take "
            f"another one: make serve PORT={port + 1}"
        ) from None
