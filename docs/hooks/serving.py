"""While the site is served, what is saved changes what shows it.

`mkdocs serve --dirty` keeps what stands; which pages are written anew is
decided in rendering.py.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import socket
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

import remembered

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "build"


def on_startup(**_: object) -> None:
    """Let MkDocs not warn that what lists a page may be wrong: it is not."""
    logging.getLogger("mkdocs.commands.build").addFilter(
        lambda record: "'dirty' build" not in record.getMessage()
    )


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object):
    """Watch the settings and the report of a test run, besides `watch`.

    Where what builds the site changes, all starts anew: Python keeps the
    modules that it has read, and jieba the words.
    """
    must_be_free(*config.dev_addr)
    # MkDocs would look twice a second, and then wait for more.
    server.observer = PollingObserver(timeout=0.2)
    server.build_delay = 0.02
    server.watch(str(ROOT), recursive=False)
    build = server.builder

    def build_changed() -> None:
        if remembered.tools() != remembered.MADE_WITH:
            config.plugins.on_shutdown()
            shutil.rmtree(config.site_dir)
            os.execv(sys.executable, sys.orig_argv)
        build()

    server.builder = build_changed
    with contextlib.suppress(OSError):  # a folder that cannot be written
        REPORTS.mkdir(exist_ok=True)
        server.watch(str(REPORTS), recursive=False)


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
