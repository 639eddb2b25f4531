"""The pages that stand in both languages, each as a pair of rows of blocks."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import page
from verify.project import ROOT

from .sequence import Block, blocks

ZH, EN = ROOT / "docs/zh", ROOT / "docs/en"
HEADING = re.compile(r"^(#{1,6} .*)$", re.MULTILINE)


def pages() -> list[str]:
    """Return the names of the pages that stand in both languages."""
    names = {path.name for path in EN.iterdir()}
    return sorted(path.name for path in ZH.iterdir() if path.name in names)


@cache
def pair(name: str) -> list[list[Block]]:
    """Return the blocks of a page, in Chinese and in English."""
    both = [read(folder / name) for folder in (ZH, EN)]
    faulty = any(each.faults for each in both)  # they tell what is wrong
    return [[] if faulty else blocks(each) for each in both]


def read(path: Path) -> page.Page:
    """Return a page as it is read; a notebook's cells become one page."""
    if path.suffix == ".md":
        return page.read(path)
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return page.reader(ROOT).read(path, "\n\n".join(map(_of_cell, cells)))


def _of_cell(cell: dict) -> str:
    """Return a cell's Markdown; its heading has the cell's id."""
    text = "".join(cell["source"])
    if cell["cell_type"] != "markdown":
        return f"```python\n{text}\n```"
    return HEADING.sub(rf"\1 {{#{cell['id']}}}", text, count=1)
