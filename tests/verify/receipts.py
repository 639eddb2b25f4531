"""Writes down what a test run has found, for the marks on the site.

The run writes the file that the variable RECEIPTS names; the site that is
built of the same files shows what it says (docs/hooks/marks.py). Each test
carries what it checks as its `kind`. `pytest -m cuda` writes GPU, which stays.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import subprocess
from collections import Counter, defaultdict
from importlib import metadata
from pathlib import Path

import page
from marks import WORDS, tree
from verify.equations import source
from verify.project import ROOT, pages
from verify.writing import replace

GPU = ROOT / "tests/verify/gpu.json"
LIBRARIES = ("torch", "NumPy", "SymPy", "matplotlib")
# By the id of a test: its kind, its result, its file and its line.
_seen: dict[str, tuple[str, str, Path, int]] = {}
_before: list[str] = []  # the hash of the files when the run began


def pytest_itemcollected(item) -> None:
    """Let the report of a test say what it checks; a hook of pytest."""
    if mark := item.get_closest_marker("kind"):
        item.user_properties.append(("kind", mark.args[0]))


def pytest_sessionstart(session) -> None:
    """Note what is going to be tested; a hook of pytest."""
    if is_asked(session.config):
        _before[:] = [tree()]


def pytest_runtest_logreport(report) -> None:
    """Note the result of a check; a hook of pytest."""
    if report.when == "call" or report.outcome != "passed":
        kind = dict(report.user_properties).get("kind", "test")
        path, line, _ = report.location
        _seen[report.nodeid] = kind, report.outcome, Path(path), line


def pytest_sessionfinish(session) -> None:
    """Write the reports; a hook of pytest."""
    reports = {}
    if is_asked(session.config):
        reports[os.environ["RECEIPTS"]] = found
    if session.config.option.markexpr == "cuda":
        reports[GPU] = on_gpu
    try:
        for path, report in reports.items():
            text = json.dumps(report(), ensure_ascii=False, indent=1)
            replace(Path(path), text + "\n")
    except Exception as error:  # whatever it is: the results come first
        manager = session.config.pluginmanager
        terminal = manager.get_plugin("terminalreporter")
        terminal.write_line(f"\nNo report of this run was left: {error}")


def is_asked(config) -> bool:
    """Whether this process writes a report: of several, the first."""
    return "RECEIPTS" in os.environ and not hasattr(config, "workerinput")


def found() -> dict[str, object]:
    """Return what this run has found."""
    if _before != [tree()]:
        raise RuntimeError("files were changed while it ran")
    counts: dict[str, Counter] = defaultdict(Counter)
    marked: dict[Path, dict[int, str]] = defaultdict(dict)
    for kind, result, path, line in _seen.values():
        counts[kind][result] += 1
        if result == "passed" and kind in WORDS["en"]:
            marked[path].setdefault(line, kind)  # a GPU comes first
    marks = {
        path.as_posix(): marks_of(ROOT / path, lines)
        for path, lines in sorted(marked.items())
    }
    versions = {"Python": platform.python_version()}
    for name in LIBRARIES:
        versions[name] = metadata.version(name).split("+")[0]
    return {
        "tree": _before[0],
        "versions": versions,
        "counts": counts,
        "marks": marks,
    }


def on_gpu() -> dict[str, object]:
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
        "results": Counter(result for _, result, *_ in _seen.values()),
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


def marks_of(path: Path, passed: dict[int, str]) -> dict[str, list[str]]:
    """Return what has passed of a page's blocks and displayed formulas.

    That is the kind of each, in order, or '' where it has not.
    """
    read = page.read(path)
    blocks = [fence.first for fence in read.fences if fence.is_python]
    formulas = [
        item.line
        for item in source.of(read).items
        if isinstance(item, source.Equation) and item.display
    ]
    return {
        "blocks": [passed.get(line, "") for line in blocks],
        "formulas": [passed.get(line, "") for line in formulas],
    }
