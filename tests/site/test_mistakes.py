"""An author's mistake ends the build with a sentence that helps."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from mkdocs.exceptions import PluginError

from marks import tree
from serving import on_serve

PAGE = """---
title: {0}
description: {0}.
---

# {0} {{#{0}}}
"""


# It takes a third of each build to start, and reads notebooks alone.
NOTEBOOKS = re.compile(r"  mkdocs-jupyter:\n(?: {4}.*\n)+")


@pytest.fixture
def project(root, tmp_path):
    return made(root, tmp_path)


def made(root, folder):
    """Return a folder with a small site of the hooks of this one."""
    for path in (
        "docs/hooks",
        "docs/publish",
        "docs/overrides",
        "docs/assets",
    ):
        shutil.copytree(root / path, folder / path)
    shutil.copy(root / "docs/words.txt", folder / "docs")
    (folder / "tests").mkdir()
    (folder / "node_modules").symlink_to(root / "node_modules")
    (folder / "snippets/line").mkdir(parents=True)
    (folder / "snippets/line/scratch.py").write_text("w = 1\n", "utf-8")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    settings, found = NOTEBOOKS.subn("", settings)
    assert found == 1
    before, rest = settings.split("nav:\n")
    (folder / "mkdocs.yml").write_text(
        f"{before}nav:\n  - index.md\n  - verified.md\n\n"
        + rest[rest.index("theme:") :],
        "utf-8",
    )
    shutil.copy(root / "mkdocs.en.yml", folder)
    for language in ("zh", "en"):
        (folder / "docs" / language).mkdir()
        for stem in ("index", "verified"):
            page = folder / "docs" / language / f"{stem}.md"
            page.write_text(PAGE.format(stem), "utf-8")
    return folder


def add(path, text):
    """Add lines to a page."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_build_without_mistakes_passes(project, build):
    built = build(project / "site", project)
    assert not built.failed, built.log


def test_broken_references_are_named_with_file_and_line(project, build):
    add(
        project / "docs/zh/index.md",
        "\n[gone](gone.md)\n\n![gone](../assets/figures/gone.svg)\n\n"
        "[test](../../tests/gone.py)\n\n[place](#gone)\n",
    )
    (project / "docs/zh/lonely.md").write_text(PAGE.format("lonely"), "utf-8")
    nav = (project / "mkdocs.yml").read_text("utf-8")
    nav = nav.replace("  - index.md\n", "  - index.md\n  - absent.md\n")
    (project / "mkdocs.yml").write_text(nav, "utf-8")
    line = nav[: nav.index("absent.md")].count("\n") + 1

    build(project / "site", project, "-q")  # it warns, and nobody hears it
    built = build(project / "site", project)  # which may recall pages

    assert built.failed
    for sentence in (
        "docs/zh/index.md:8: contains a link 'gone.md'",
        "docs/zh/index.md:10: contains a link '../assets/figures/gone.svg'",
        "docs/zh/index.md:12: contains a link '../../tests/gone.py'",
        "docs/zh/index.md:14: contains a link '#gone'",
        f"mkdocs.yml:{line}: the nav names absent.md, which is not there; "
        "write docs/en/absent.md, or take the entry out.",
        f"mkdocs.yml:{line}: the nav names absent.md, which is not there; "
        "write docs/zh/absent.md, or take the entry out.",
        "mkdocs.yml: the nav lacks lonely.md of docs/zh; add it there.",
    ):
        assert sentence in built.log


def test_a_page_that_cannot_be_read_is_named_with_file_and_lines(
    project, build
):
    page = project / "docs/en/index.md"
    text = page.read_text("utf-8").replace("index.", "one: two")
    include = '\n```python\n--8<-- "line/scrach.py"\n```\n'
    page.write_text(text + include, "utf-8")
    built = build(project / "site", project)
    assert built.failed
    assert "docs/en/index.md:3: the front matter cannot be read" in built.log
    assert "docs/en/index.md:9: " in built.log
    assert "line/scratch.py" in built.log
    assert "Traceback" not in built.log


def test_formula_that_cannot_be_set_is_named_with_file_and_line(
    project, build
):
    add(project / "docs/zh/index.md", "\n$w$ 与 $\\fraq{1}{2}$\n")
    add(project / "docs/zh/index.md", "\n$$\n\\frac{1}{2\n$$\n")
    built = build(project / "site", project)
    assert built.failed
    assert (
        r"docs/zh/index.md:8: MathJax cannot set \fraq{1}{2}: "
        r"Undefined control sequence \fraq" in built.log
    )
    assert "docs/zh/index.md:11: MathJax cannot set" in built.log
    assert "Traceback" not in built.log


def test_missing_mathjax_is_named(project, build):
    add(project / "docs/zh/index.md", "\n$w$\n")
    (project / "node_modules").unlink()
    built = build(project / "site", project)
    assert built.failed
    assert "Cannot find module 'mathjax'" in built.log
    assert "make site" in built.log
    assert "Traceback" not in built.log


def test_a_page_and_a_figure_without_words_are_named(project, build):
    page = project / "docs/zh/index.md"
    text = page.read_text("utf-8").replace("description: index.\n", "")
    figures = "../assets/figures/linear_regression"
    page.write_text(f"{text}\n线\n\n![ ]({figures}/line.svg)\n", "utf-8")
    built = build(project / "site", project)
    assert built.failed
    assert "docs/zh/index.md:1: this page has no description" in built.log
    assert "docs/zh/index.md:9: line.svg has no alternative text" in built.log
    assert "Traceback" not in built.log


# The other encodings are tried where no site is built for each.
@pytest.mark.parametrize(("encoding", "line"), [("gbk", 8)])
def test_a_page_that_is_no_plain_utf_8_is_told_once(
    project, build, encoding, line
):
    page = project / "docs/zh/index.md"
    page.write_text(page.read_text("utf-8") + "\n线\n", encoding)
    built = build(project / "site", project)
    assert built.failed
    assert f"docs/zh/index.md:{line}: this is no plain UTF-8" in built.log
    assert built.log.count("Save index.md as UTF-8 without BOM.") == 1
    assert "Traceback" not in built.log


def test_a_port_in_use_is_told_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = taken.getsockname()
        with pytest.raises(PluginError) as told:
            on_serve(None, SimpleNamespace(dev_addr=address))
    host, port = address
    assert str(told.value).startswith(f"port {port} of {host} cannot be had: ")
    assert str(told.value).endswith(f"make serve PORT={port + 1}")


class Server:
    """What serves a site, and all that it has said."""

    def __init__(self, project):
        self.project = project
        self.file = project / "server.log"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload"]
        with self.file.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--dirty", "--dev-addr", self.address],
                cwd=project,
                env=os.environ
                | {"TMPDIR": str(project), "NO_MKDOCS_2_WARNING": "1"},
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def log(self):
        """Return what it has said."""
        return self.file.read_text("utf-8", errors="replace")

    def says(self, text, times=1):
        """Whether it has said a text so often, or does soon."""
        return soon(lambda: self.log().count(text) >= times)

    def shows(self, place, text):
        """Whether a place shows a text, or does soon."""
        return soon(lambda: text in self.read(place))

    def read(self, place):
        """Return what a place shows."""
        with urlopen(f"http://{self.address}/{place}") as answer:
            return answer.read().decode()


def soon(happens):
    """Whether something happens within a minute."""
    until = time.monotonic() + 60
    while not (happened := happens()) and time.monotonic() < until:
        time.sleep(0.05)
    return happened


@pytest.fixture(scope="module")
def server(root, tmp_path_factory):
    """A server of a small site, whose pages show all that may change."""
    project = made(root, tmp_path_factory.mktemp("served"))
    for language in ("zh", "en"):
        page = project / "docs" / language / "index.md"
        add(page, '\n```python\n--8<-- "line/scratch.py"\n```\n')
    add(project / "docs/zh/index.md", "\n最小二乘法\n")
    add(project / "docs/zh/verified.md", "\n[[versions]]\n")
    server = Server(project)
    try:
        assert server.says("Serving on"), server.log()
        yield server
    finally:
        server.process.kill()
        server.process.wait()


def test_a_save_changes_what_shows_it_and_writes_nothing_else(server):
    project = server.project
    (other,) = project.glob("mkdocs_*/en/verified/index.html")
    written = other.stat().st_mtime_ns
    snippet = project / "snippets/line/scratch.py"
    snippet.with_name(".scratch.py.swp").write_text("", "utf-8")
    snippet.write_text("w = 673\n", "utf-8")
    assert server.shows("", "673")
    assert server.shows("en/", "673")
    assert server.shows("snippets/line/scratch.py", "673")
    style = project / "docs/assets/stylesheets/site.css"
    add(style, "/* 674 */")
    assert server.shows("assets/stylesheets/site.css", "674")
    add(project / "docs/zh/index.md", "\n预测值\n")
    assert server.shows("", "预测值")
    assert server.shows("search/search_index.json", "预测")
    page = project / "docs/zh/verified.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("title: verified", "title: 核对"), "utf-8")
    assert server.shows("", "核对")
    assert other.stat().st_mtime_ns == written
    assert "Detected file changes" in server.log()
    assert "WARNING" not in server.log()


def test_a_save_that_mends_a_mistake_shows_the_page(server):
    page = server.project / "docs/en/index.md"
    text = page.read_text("utf-8")
    page.write_text(text + "\n$\\fraq$\n", "utf-8")
    assert server.says("MathJax cannot set")
    page.write_text(text + "\nmended\n", "utf-8")
    assert server.shows("en/", "mended")
    assert server.shows("verified/", "verified")


def test_the_site_reloads_for_hooks_words_and_the_report(server):
    project, starts = server.project, server.log().count("Serving on")
    (project / "docs/words.txt").write_text("计算图 1000\n", "utf-8")
    assert server.says("Serving on", starts + 1)
    assert server.shows("search/search_index.json", "\u200b最小\u200b")
    hook = (
        "\n\ndef on_post_page(output, **_):\n    return output + '<i>9</i>'\n"
    )
    add(project / "docs/hooks/content.py", hook)
    assert server.says("Serving on", starts + 2)
    assert server.shows("", "<i>9</i>")
    versions = {"Python": "9.9.9"}
    report = {"tree": tree(project), "versions": versions, "marks": {}}
    text = json.dumps(report)
    (project / "build/receipts.json").write_text(text, "utf-8")
    assert server.shows("verified/", "9.9.9")
