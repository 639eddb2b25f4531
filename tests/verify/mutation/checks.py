"""Plants a fault and runs the checks of which one must turn red.

The folder where this runs is a copy of the project. A check runs in a fork,
which has all heavy libraries and whose changes are lost.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import matplotlib.pyplot  # noqa: F401
import pytest
import torch._dynamo  # noqa: F401  the first step of an optimizer loads it

from page import Fault
from verify import figures
from verify.equations import pages
from verify.equations.source import Item, read
from verify.examples import PageDocument, parse
from verify.translations import check as translations

# A mutant that never ends (a loop that lost its step) is caught as well. These
# are seconds of the processor: a machine may be slow.
PATIENCE = 120


# A function of this module, and what it is asked.
Check = tuple[Callable[[str], bool], str]


def is_caught(path: Path, text: str, checks: Iterable[Check]) -> bool:
    """Write a faulty text, run checks until one is red, and mend the file."""
    original = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    try:
        seen = next((each for each in checks if is_red(*each)), None)
    finally:
        path.write_bytes(original)
    if seen and is_red_anyway(*seen):
        raise SystemExit(f"{seen[1]}: red before any fault is planted")
    return seen is not None


def is_red(check: Callable[[str], bool], asked: str) -> bool:
    """Run a check in a fork; one that crashes is red as well."""
    child = os.fork()
    if child == 0:
        result = True
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        with contextlib.suppress(Exception):
            with open(os.devnull, "w") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
            result = check(asked)
        os._exit(bool(result))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


is_red_anyway = functools.cache(is_red)


def tests(place: str) -> bool:
    """Whether a test is red, in a file, a folder or a page."""
    quiet = ["-x", "-q", "-p", "no:cacheprovider"]
    return pytest.main([*quiet, place]) != 0


def figure(name: str) -> bool:
    """Whether a figure, `stem/name`, is not what its function draws."""
    return figures.stale(*name.split("/")) is not None


def parity(name: str) -> bool:
    """Whether the two languages of a page differ."""
    return any(translations.structure(name))


def formulas(before: Collection[Item], path: str) -> bool:
    """Whether one of a page's formulas does not hold; what is new first."""
    source = read(Path(path).resolve())
    items = [*enumerate(source.items)]
    items.sort(key=lambda item: item[1] in before)
    pages.shared.cache_clear()
    found = (pages.examined(source, number) for number, _ in items)
    return any(isinstance(each, Fault) for each in found)


def blocks(path: str) -> bool:
    """Whether one of a page's blocks or numbers is wrong."""
    place = Path(path).resolve()
    document = PageDocument(place.read_text(encoding="utf-8"), str(place))
    for region in parse(document):
        with contextlib.suppress(pytest.skip.Exception):  # it needs a GPU
            if region.parsed.check():
                return True
    return False
