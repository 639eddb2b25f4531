"""Plants faults one at a time and expects that a check turns red.

Each worker has a copy of the project. It loads the heavy libraries once; for
each fault it writes the file, and a fork of it runs the checks on the copy.
"""

from __future__ import annotations

import functools
import importlib
import io
import multiprocessing
import os
import shlex
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NoReturn

import pytest

from page import Fault
from verify.equations import pages
from verify.equations.source import read
from verify.mutation.jobs import FORMULAS, Job
from verify.project import ROOT

NOT_COPIED = shutil.ignore_patterns(
    *("__pycache__", ".*", "build", "node_modules", "site-packages")
)
HEAVY = (
    "bs4",
    "markdown",
    "matplotlib.figure",
    "mkdocs.config",
    "numpy",
    "sybil",
    "torch._dynamo",  # the first step of an optimizer loads it
)
# A mutant that never ends (a loop that lost its step) is caught as well. These
# are seconds of the processor: a machine may be slow.
PATIENCE = 120


class RedBefore(Exception):
    """A check is red without a fault, so it shows nothing."""


def run(jobs: Iterable[Job], workers: int = 2) -> Iterator[tuple[Job, bool]]:
    """Yield each job and whether its fault was caught; the project stays.

    Raises RedBefore where a check is red without a fault.
    """
    jobs = list(jobs)
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(
            workers,
            multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(folder,),
        ) as executor,
    ):
        yield from zip(jobs, executor.map(_is_caught, jobs), strict=True)


def _begin(folder: str) -> None:
    """Let a new worker stand in a copy of its own."""
    copy = Path(folder) / str(os.getpid())
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    os.chdir(copy)
    os.environ["OMP_NUM_THREADS"] = "1"  # the workers share the processors
    os.environ.pop("RECEIPTS", None)  # what is tested here earns no mark
    for name in HEAVY:
        importlib.import_module(name)


def _is_caught(job: Job) -> bool:
    """Plant the fault, run the checks until one is red, mend the file."""
    path = Path(job.path)
    original = path.read_bytes()
    path.write_text(job.text, encoding="utf-8")
    try:
        seen = next(filter(_is_red, job.checks), None)
    finally:
        path.write_bytes(original)
    if seen and _is_red_anyway(seen):
        raise RedBefore(f"pytest {seen}: red before any fault is planted")
    return seen is not None


@functools.cache
def _is_red_anyway(check: str) -> bool:
    return _is_red(check)


def _is_red(check: str) -> bool:
    """Run a check; pytest in a fork, which has all libraries but our code."""
    if check.startswith(FORMULAS):
        return _is_formula_red(Path(check.removeprefix(FORMULAS)).resolve())
    child = os.fork()
    if child == 0:
        try:
            _test(check)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _is_formula_red(path: Path) -> bool:
    """Check the formulas of a page, those that the fault changed first."""
    source = read(path)
    original = {*read(ROOT / path.relative_to(Path.cwd().resolve())).items}
    pages.scopes.cache_clear()
    pages.shared.cache_clear()
    order = sorted(
        range(len(source.items)), key=lambda n: source.items[n] in original
    )
    try:
        found = (pages.examined(source, n) for n in order)
        return any(isinstance(each, Fault) for each in found)
    except Exception:  # a test that crashes is red as well
        return True


def _test(check: str) -> NoReturn:
    """Run pytest on the copy and leave with its result."""
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    # What this process has of the project is the original, not the copy.
    for name in [n for n, each in [*sys.modules.items()] if _is_ours(each)]:
        del sys.modules[name]
    sys.path[:] = [path for path in sys.path if not _is_original(path)]
    sys.dont_write_bytecode = True
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "--rootdir", "."]
    nothing = io.StringIO()
    with redirect_stdout(nothing), redirect_stderr(nothing):
        result = pytest.main([*quiet, *shlex.split(check)])
    # 1: a test failed; 2: collecting a page failed, which it must not pass.
    os._exit(int(result))


def _is_ours(module: object) -> bool:
    places = [vars(module).get("__file__"), *vars(module).get("__path__", [])]
    return any(map(_is_original, filter(None, places)))


def _is_original(path: str) -> bool:
    return path.startswith(f"{ROOT}/") and "/.venv/" not in path
