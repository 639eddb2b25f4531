"""Runs every block of every page, and checks all that the pages print."""

from sybil.integration.pytest import SybilItem

from verify.examples import Pages, is_cuda, parse_blocks, parse_numbers

# Each Sybil reads a page with parsers of its own; add another one with `+`.
pages = Pages(parsers=[parse_blocks, parse_numbers], pattern="*.md")

pytest_collect_file = pages.pytest()


def pytest_itemcollected(item):
    """Let `pytest -m cuda` select the blocks that need a GPU."""
    if isinstance(item, SybilItem) and is_cuda(item.example):
        item.add_marker("cuda")
