"""Runs every block of every page, and checks what the pages print."""

from sybil.integration.pytest import SybilItem

from verify.equations.sybil_parser import parse_equations
from verify.examples import PageDocument, Pages, parse
from verify.faults import pytest_sessionstart  # noqa: F401

pages = Pages(
    # A parser takes a PageDocument and yields regions.
    parsers=[parse, parse_equations],
    pattern="*.md",
    document_types={".md": PageDocument},
)

pytest_collect_file = pages.pytest()


def pytest_itemcollected(item):
    """Let `pytest -m cuda` select the blocks that need a GPU."""
    if isinstance(item, SybilItem):
        case = item.example.parsed
        item.user_properties += [("kind", case.kind), ("part", case.part)]
        if case.kind == "cuda":
            item.add_marker("cuda")
