"""Writes down what a test run has found, for the marks on the site.

The run writes the file that the variable RECEIPTS names; the site that is
built of the same files shows what it says (docs/hooks/marks.py). Each test
carries what it checks as its `kind`, and the part of a page that earns a mark
as its `part`. `pytest -m cuda` writes GPU, which stays.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest

import page
from marks import tree
from verify.project import ROOT, pages
from verify.writing import replace

GPU = ROOT / "tests/verify/gpu.json"
LIBRARIES = ("torch", "NumPy", "SymPy", "matplotlib")
RESULTS = ("passed", "failed", "error", "skipped")
BEFORE = pytest.StashKey[str]()  # the hash of the files when the run began


def pytest_itemcollected(item) -> None:
    """Let the report of a test say what it checks; a hook of pytest."""
    if mark := item.get_closest_marker("kind"):
        item.user_properties.append(("kind", mark.args[0]))


def pytest_sessionstart(session) -> None:
    """Note what is going to be tested; a hook of pytest."""
    if "RECEIPTS" in os.environ:
        session.config.stash[BEFORE] = tree()


def pytest_terminal_summary(terminalreporter, config) -> None:
    """Write the reports; a hook of pytest."""
    tests = [e for name in RESULTS for e in terminalreporter.getreports(name)]
    try:
        if "RECEIPTS" in os.environ:
            report = found(tests, config.stash[BEFORE])
            write(Path(os.environ["RECEIPTS"]), report)
        if config.option.markexpr == "cuda":
            write(GPU, on_gpu(tests))
    except Exception as error:  # whatever it is: the results come first
        told = f"\nNo report of this run was left: {error}"
        terminalreporter.write_line(told)


def write(path: Path, report: dict) -> None:
    """Write a report."""
    text = json.dumps(report, ensure_ascii=False, indent=1)
    replace(path, text + "\n")


def found(
    tests: Iterable[pytest.TestReport], before: str
) -> dict[str, object]:
    """Return what a run of tests has found.

    The marks of a page are the kinds of its blocks and of its formulas, in
    order, or '' for one that has not passed.
    """
    if before != tree():
        raise RuntimeError("files were changed while it ran")
    counts: dict[str, Counter] = defaultdict(Counter)
    earned: dict[tuple[str, str, int], str] = {}
    for test in tests:
        said = dict(test.user_properties)
        kind = said.get("kind", "test")
        counts[kind][test.outcome] += 1
        if part := said.get("part"):
            path, line, _ = test.location
            place = path, part, line
            mark = kind if test.passed and kind != "test" else ""
            earned[place] = earned.get(place) or mark  # a GPU comes first
    marks = defaultdict(lambda: {"blocks": [], "formulas": []})
    for (path, part, _), mark in sorted(earned.items()):
        marks[path][part].append(mark)
    versions = {"Python": platform.python_version()}
    for name in LIBRARIES:
        versions[name] = metadata.version(name).split("+")[0]
    return {
        "tree": before,
        "versions": versions,
        "counts": counts,
        "marks": marks,
    }


def on_gpu(tests: Iterable[pytest.TestReport]) -> dict[str, object]:
    """Return a GPU, and how the blocks that need one ended on it."""
    import torch

    asked = "nvidia-smi --query-gpu=driver_version --format=csv,noheader"
    driver = subprocess.check_output(asked.split(), encoding="utf-8")
    return {
        "date": datetime.date.today().isoformat(),
        "gpu": torch.cuda.get_device_name(),
        "driver": driver.split()[0],
        "cuda": torch.version.cuda,
        "torch": torch.__version__,
        "results": Counter(test.outcome for test in tests),
        "blocks": cuda_blocks(),
    }


def cuda_blocks() -> str:
    """Return one hash of all blocks that need a GPU."""
    digest = hashlib.sha256()
    for path in pages("en"):
        for fence in page.read(path).fences:
            if "cuda" in fence.classes:
                digest.update(fence.text.encode())
    return digest.hexdigest()
