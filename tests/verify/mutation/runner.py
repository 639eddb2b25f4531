"""Plants faults one at a time and expects that a check turns red.

Each worker has a copy of the project. It loads the heavy libraries once; for
each fault it writes the file, and a fork of it runs the checks on the copy.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import shlex
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import pytest

from verify.project import ROOT

COPIED = ("docs", "snippets", "tests")
FILES = ("mkdocs.yml", "mkdocs.en.yml", "pyproject.toml")
NOT_COPIED = shutil.ignore_patterns("__pycache__")
HEAVY = (
    "bs4",
    "markdown",
    "matplotlib.figure",
    "mkdocs.config",
    "numpy",
    "sybil",
    "torch._dynamo",  # the first step of an optimizer loads it
)
# A mutant that never ends (a loop that lost its step) is caught as well.
PATIENCE = 120


@dataclass(frozen=True)
class Job:
    """A fault, where to plant it, and the checks of which one must see it.

    A check is what one writes after `pytest`; the quick ones come first.
    """

    kind: str
    path: str
    line: int
    fault: str
    text: str
    checks: tuple[str, ...]

    @property
    def name(self) -> str:
        """How survivors.txt calls it: by the line as the fault leaves it."""
        line = self.text.split("\n")[self.line - 1].strip()
        return f"{self.path}: {self.fault}: {line}"


class RedBefore(Exception):
    """The project's own checks are red, so mutation shows nothing."""


def run(jobs: Iterable[Job], workers: int = 2) -> Iterator[tuple[Job, bool]]:
    """Yield each job and whether its fault was caught.

    The copies stand in a temporary folder; the project stays as it is.
    Raises RedBefore where a check is red without a fault.
    """
    jobs = list(jobs)
    jobs = [*_unharmed(jobs), *jobs]
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(
            workers,
            multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(folder,),
        ) as executor,
    ):
        for job, caught in zip(
            jobs, executor.map(_is_caught, jobs), strict=True
        ):
            if job.fault:
                yield job, caught
            elif caught:
                executor.shutdown(cancel_futures=True)
                raise RedBefore(
                    f"pytest {job.checks[0]}: red before any fault is planted"
                )


def _unharmed(jobs: list[Job]) -> Iterator[Job]:
    """Yield a job without a fault for each check.

    What is red anyway catches nothing.
    """
    seen = set()
    for job in jobs:
        for check in job.checks:
            if check not in seen:
                seen.add(check)
                text = (ROOT / job.path).read_text(encoding="utf-8")
                yield replace(job, fault="", text=text, checks=(check,))


def _begin(folder: str) -> None:
    """Let a new worker stand in a copy of its own, with all it needs."""
    copy = Path(folder) / str(os.getpid())
    for name in COPIED:
        shutil.copytree(ROOT / name, copy / name, ignore=NOT_COPIED)
    for name in FILES:
        shutil.copy(ROOT / name, copy)
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
        return any(map(_is_red, job.checks))
    finally:
        path.write_bytes(original)


def _is_red(check: str) -> bool:
    """Run a check in a fork, which has all libraries and none of our code."""
    child = os.fork()
    if child == 0:
        _test(check)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _test(check: str) -> NoReturn:
    """Run pytest on the copy and leave with its result."""
    signal.alarm(PATIENCE)
    # What this process has of the project is the original, not the copy.
    for name, module in list(sys.modules.items()):
        if _is_original(getattr(module, "__file__", None) or ""):
            del sys.modules[name]
    sys.path[:] = [path for path in sys.path if not _is_original(path)]
    sys.dont_write_bytecode = True
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "--rootdir", "."]
    with (
        open(os.devnull, "w") as nothing,
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(nothing),
    ):
        result = pytest.main([*quiet, *shlex.split(check)])
    # 1: a test failed; 2: collecting a page failed, which it must not pass.
    os._exit(int(result))


def _is_original(path: str) -> bool:
    return path.startswith(f"{ROOT}/") and "site-packages" not in path
