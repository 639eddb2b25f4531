"""Plants a fault and runs the checks of which one must turn red.

The folder where this runs is a copy of the project. A check runs in a fork,
which has all that is heavy from here and whose changes are lost.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import signal
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import _pytest.pytester  # noqa: F401  what the tests of the book load
import matplotlib.pyplot  # noqa: F401
import pytest
import torch._dynamo  # noqa: F401  the first step of an optimizer loads it

import page
from page import Fault
from verify import receipts, update  # noqa: F401
from verify.equations.pages import examined, scopes
from verify.equations.source import Source, read
from verify.translations.sequence import Block, blocks, differences

PATIENCE = 60  # seconds of the processor, for a mutant that never ends
Check = partial  # what it returns is true where it is red


def is_caught(path: Path, text: str, checks: Iterable[Check]) -> bool:
    """Write a faulty text, run checks until one is red, and mend the file."""
    original = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    try:
        seen = next(filter(is_red, checks), None)
    finally:
        path.write_bytes(original)
    if seen and is_red_anyway(seen):
        name = seen.func.__name__
        raise SystemExit(f"{path}: {name}: red before any fault is planted")
    return seen is not None


def is_red(check: Check) -> bool:
    """Run a check in a fork; one that crashes is red as well."""
    gc.freeze()  # else each fork looks through all that is loaded
    child = os.fork()
    if child == 0:
        result = True
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        with contextlib.suppress(Exception):
            with open(os.devnull, "w") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
            result = check()
        os._exit(bool(result))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


is_red_anyway = functools.cache(is_red)


def tests(place: str) -> bool:
    """Whether a test is red, in a file, a folder or a page."""
    quiet = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    return pytest.main([*quiet, place]) != 0


def parity(pair: dict[Path, list[Block]], path: Path) -> bool:
    """Whether a page, one of a pair as it was, differs from the other now."""
    read = page.read(path)
    both = {**pair, path: blocks(read)}
    return bool(read.faults) or any(differences(*both.values()))


def formulas(before: Source) -> bool:
    """Whether one of a page's formulas does not hold.

    What is as it was, and stands where the same holds, needs no check.
    """
    source = read(before.path)
    known = [*zip(before.items, scopes(before), strict=False)]
    return any(
        isinstance(examined(source, n), Fault)
        for n, each in enumerate(zip(source.items, scopes(source)))  # noqa: B905
        if each not in known or not getattr(each[0], "is_claim", True)
    )


def run(path: Path) -> bool:
    """Whether an update would change a page or refuse it."""
    return any([*update.update_page(path)])


def restored(path: Path, source: str) -> bool:
    """Whether an update brings a changed page back to what it was."""
    with contextlib.suppress(Exception):
        return run(path) and page.read(path).source == source
    return False
