"""Whether the blocks that are run are those of the site."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from bs4 import BeautifulSoup

import page
from page import ELSEWHERE, PYTHON, Fault


def python_blocks(html: str) -> list[str]:
    """Return the code of each Python block of a rendered page."""
    languages = {f"language-{name}" for name in PYTHON}
    here = f"div.highlight:not(.{ELSEWHERE})"
    return [
        block.find("code").get_text()
        for block in BeautifulSoup(html, "lxml").select(here)
        if languages & set(block["class"])
    ]


def escaped_block(path: Path) -> Fault | None:
    """Return the first block that is run and seen differently, if any."""
    read = page.read(path)
    run = [fence for fence in read.fences if fence.is_python]
    seen = python_blocks(page.reader(page.root(path)).html(read.source))
    for fence, code in zip_longest(run, seen):
        if fence is None:
            return _fault(path, 1, "shows a block that is not run", code)
        if code is None or _text(fence.text) != _text(code):
            what = "runs a block that the site does not show"
            return _fault(path, fence.first, what, fence.text)
    return None


def _text(code: str) -> str:
    return code.strip("\n").expandtabs()


def _fault(path: Path, line: int, what: str, code: str) -> Fault:
    first = next(iter(code.strip().splitlines()), "")
    return Fault(
        path,
        line,
        f"this page {what}; it begins {first!r}",
        "Look at the built page there: is it inside a comment, HTML, or text "
        "that is indented as code? Give it a plain ```python fence.",
    )
