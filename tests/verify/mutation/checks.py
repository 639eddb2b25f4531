"""Plants faults and runs the checks that must turn red.

The folder where this runs is a copy of the project. A check runs in a fork,
which has all that is heavy from here and whose changes are lost.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import signal
from collections.abc import Callable
from pathlib import Path

import _pytest.pytester  # noqa: F401  what the tests of the book load
import matplotlib.pyplot  # noqa: F401
import pytest
import torch._dynamo  # noqa: F401  the first step of an optimizer loads it

import page
from page import Fault
from verify import figures, receipts, update  # noqa: F401
from verify.equations.pages import examined, scopes
from verify.equations.source import Source, read
from verify.translations.sequence import Block, blocks, differences

PATIENCE = 60  # seconds of the processor, for a mutant that never ends
Check = Callable[[], bool]  # whether it is red


def planted(path: Path, text: str, check: Check) -> tuple[bool, str]:
    """Run a check on a faulty text; say whether it is red, and what it left.

    One that is red without a fault could see none.
    """
    original = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    try:
        found = is_red(check), path.read_text(encoding="utf-8")
    finally:
        path.write_bytes(original)
    if found[0] and is_red_anyway(check):
        raise SystemExit(f"{path}: red before any fault is planted")
    return found


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


def tests(*places: str) -> bool:
    """Whether a test is red, in files, folders and pages."""
    quiet = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    return any(pytest.main([*quiet, place]) for place in places)


def stale(files: list[tuple[str, str]]) -> bool:
    """Whether a figure is not what its function draws."""
    return any(figures.stale(*file) for file in files)


def parity(pair: dict[Path, list[Block]], path: Path) -> bool:
    """Whether a page, one of a pair as it was, differs from the other now."""
    found = page.read(path)
    both = {**pair, path: blocks(found)}
    return bool(found.faults) or any(differences(*both.values()))


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
    return bool(update.mended(path))
