"""The pages that stand in both languages, each as a pair of rows of blocks."""

from __future__ import annotations

from functools import cache

import page
from verify.project import ROOT

from .sequence import Block, blocks

ZH, EN = ROOT / "docs/zh", ROOT / "docs/en"


def pages() -> list[str]:
    """Return the names of the pages that stand in both languages."""
    names = {path.name for path in EN.iterdir()}
    return sorted(path.name for path in ZH.iterdir() if path.name in names)


@cache
def pair(name: str) -> list[list[Block]]:
    """Return the blocks of a page, in Chinese and in English."""
    both = [page.read(folder / name) for folder in (ZH, EN)]
    faulty = any(each.faults for each in both)  # they tell what is wrong
    return [[] if faulty else blocks(each) for each in both]
