"""A small book in a folder of its own, in which tests plant faults."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from textwrap import dedent

import pytest

import page
from page import Fault
from verify.project import ROOT
from verify.reading import NotRun, Reading


class Book:
    """A project with pages and snippets, read with the site's extensions."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("mkdocs.yml", f"nav: []\n{_extensions()}")
        self.write("mkdocs.en.yml", "INHERIT: mkdocs.yml\ndocs_dir: docs/en\n")

    def write(self, place: str, text: str) -> Path:
        """Write a file of the book."""
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def page(self, text: str, name: str = "zh/line") -> Path:
        """Write a page; `name` is its language and stem."""
        return self.write(f"docs/{name}.md", text)

    def read(self, text: str, name: str = "zh/line") -> Reading:
        """Write a page and read it."""
        return Reading.of(page.read(self.page(text, name)))


def told(reading: Reading) -> list[str]:
    """Return what is told of the blocks and the numbers of a page, in order.

    As in a run of pytest: nothing of what is not run.
    """
    found = [*reading.broken, *reading.untied]
    for item in [*reading.blocks, *reading.ties]:
        try:
            found += [edit.fault for edit in reading.edits(item)[:1]]
        except Fault as fault:
            found.append(fault)
        except NotRun:
            continue
    return list(map(str, dict.fromkeys(found)))  # a broken block is told once


@functools.cache
def _extensions() -> str:
    """Return how the site reads Markdown; all of mkdocs.yml takes longer."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    part = r"^markdown_extensions:\n(?:[ \t#].*\n|\n)*"
    return re.search(part, text, re.MULTILINE)[0]


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Return an empty book; its snippets can be imported."""
    monkeypatch.syspath_prepend(tmp_path / "snippets")
    return Book(tmp_path)
