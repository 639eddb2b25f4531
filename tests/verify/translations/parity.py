"""All that is asked of a pair of pages, in sentences for their author."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import page
from verify.project import ROOT

from .freshness import staleness
from .sequence import Block, blocks, differences
from .terms import read_terms, unequal_terms, wrong_words
from .typography import mistakes

ZH, EN = ROOT / "docs/zh", ROOT / "docs/en"
# These two pages are about words: they quote what others avoid.
GLOSSARY, CHANGES = "glossary.md", "changes.md"
HEADING = re.compile(r"^(#{1,6} .*)$", re.MULTILINE)


def pages() -> list[str]:
    """Return the names of the pages that stand in both languages."""
    names = {path.name for path in EN.iterdir()}
    return sorted(path.name for path in ZH.iterdir() if path.name in names)


def structure(name: str) -> Iterator[str]:
    """Yield what one language's page has and the other's has not."""
    return differences(*_pair(name))


def fresh(name: str) -> Iterator[str]:
    """Yield a sentence if a page has changed since both were compared."""
    return filter(None, [staleness(ZH / name, EN / name)])


def words(name: str) -> Iterator[str]:
    """Yield where the pages do not keep to the glossary's terms."""
    if name == GLOSSARY:
        return unequal_terms(*_pair(name))
    terms = [] if name == CHANGES else read_terms(*_pair(GLOSSARY))
    return wrong_words(*_pair(name), terms)


def typesetting(name: str) -> Iterator[str]:
    """Yield where the Chinese page breaks the rules of setting Chinese."""
    return mistakes(_pair(name)[0])


@cache
def _pair(name: str) -> list[list[Block]]:
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
