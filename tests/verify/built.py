"""Whether the blocks that are run are those of the site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from bs4 import BeautifulSoup

import page
from page import ELSEWHERE, PYTHON, Fault, Page


def python_blocks(html: str) -> list[str]:
    """Return the code of each Python block of a rendered page."""
    languages = {f"language-{name}" for name in PYTHON}
    here = f"div.highlight:not(.{ELSEWHERE})"
    return [
        block.find("code").get_text()
        for block in BeautifulSoup(html, "lxml").select(here)
        if languages & set(block["class"])
    ]


def escaped_blocks(read: Page) -> Iterator[Fault]:
    """Yield the first block that is run and seen differently, if any."""
    run = [fence for fence in read.fences if fence.is_python]
    seen = python_blocks(page.reader(page.root(read.path)).html(read.source))
    for fence, code in zip_longest(run, seen):
        text = fence.text if fence else code
        if fence and _text(text) == _text(code or ""):
            continue
        did = "runs a block that the site does not show"
        if not fence:
            did = "shows a block that is not run"
        first = next(iter(text.strip().splitlines()), "")
        yield Fault(
            read.path,
            fence.first if fence else 1,
            f"this page {did}; it begins {first!r}",
            "Look at the built page there: is it inside a comment, HTML, or "
            "text that is indented as code? Give it a plain ```python fence.",
        )
        return


def _text(code: str) -> str:
    return code.strip("\n").expandtabs()
