"""Writes down what a test run has checked, one record for each check.

The run writes the file that the variable RECEIPTS names. The site built
after it shows marks beside what has passed (docs/hooks/receipts.py).
"""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import page
import receipts
from verify.equations import source
from verify.project import ROOT
from verify.writing import replace

LIBRARIES = ("torch", "numpy", "sympy", "matplotlib")
ITEM = re.compile(
    r"docs/(?P<language>\w+)/(?P<stem>\w+)\.md::line-(?P<line>\d+)(?P<label>.*)",
    re.DOTALL,
)
# What the tests outside of the pages check, by the beginning of their names.
KINDS = {
    "tests/verify/translations/test_pages.py": "translation",
    "tests/test_figures.py::test_the_figure_is": "figure",
    "tests/test_notebooks.py": "notebook",
}
_seen: dict[str, str] = {}


def pytest_runtest_logreport(report) -> None:
    """Note the result of a check; a hook of pytest."""
    if report.when == "call" or report.outcome != "passed":
        _seen[report.nodeid] = report.outcome


def pytest_sessionfinish(session) -> None:
    """Write the report, if one is asked for; a hook of pytest.

    Some tests run pytest on a small project of their own: that is no run of
    this one. Of a run in several processes, only the first knows all results.
    """
    config, path = session.config, os.environ.get("RECEIPTS")
    is_worker = hasattr(config, "workerinput")
    if not path or config.rootpath != ROOT or is_worker:
        return
    try:
        report = {"versions": versions(), "checks": list(_records())}
        text = json.dumps(report, ensure_ascii=False, indent=1)
        replace(Path(path), text + "\n")
    except Exception as error:  # whatever it is: the results come first
        terminal = config.pluginmanager.get_plugin("terminalreporter")
        terminal.write_line(f"\nNo report of this run was left: {error}")


def versions() -> dict[str, str]:
    """Return the versions of what the checks ran with."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        found[name] = metadata.version(name).split("+")[0]
    return found


def _records() -> Iterator[dict[str, object]]:
    contents: dict[Path, dict[int, tuple[str, str]]] = {}
    for nodeid, result in sorted(_seen.items()):
        if not (ROOT / nodeid.partition("::")[0]).exists():
            continue  # a page of such a small project
        item = ITEM.match(nodeid)
        if item is None:
            kinds = (KINDS[key] for key in KINDS if nodeid.startswith(key))
            kind = next(kinds, "test")
            yield _record(nodeid, 0, kind, "", result)
            continue
        path = ROOT / f"docs/{item['language']}/{item['stem']}.md"
        if path not in contents:
            contents[path] = digests(path)
        line, label = int(item["line"]), item["label"]
        kind, digest = contents[path].get(line, ("test", ""))
        if label.startswith(" ="):
            kind, digest = "number", ""
        elif label == " (on the CPU)":
            kind = "shim"
        elif label.startswith(" equation") and kind != "wrong":
            kind = "equation"
        elif label == " formulas as shown":
            kind, digest = "test", ""
        yield _record(page.shown(path), line, kind, digest, result)


def _record(
    where: str, line: int, kind: str, digest: str, result: str
) -> dict[str, object]:
    return {
        "page": where,
        "line": line,
        "kind": kind,
        "digest": digest,
        "result": result,
    }


def digests(path: Path) -> dict[int, tuple[str, str]]:
    """Return by line the kind and the hash of a page's blocks and equations.

    The hashes are those that the site computes from the page as it shows it.
    Where it shows others than are checked, a test says so, and none count.
    """
    read = page.read(path)
    html = page.reader(page.root(path)).html(read.source)
    blocks = [fence for fence in read.fences if fence.is_python]
    hashes = receipts.code_digests(html)
    found = {
        block.first: ("cuda" if "cuda" in block.classes else "code", digest)
        for block, digest in _paired(blocks, hashes)
    }
    notation = (path.parent / "notation.md").read_text(encoding="utf-8")
    hashes = receipts.equation_digests(html, read.source, notation)
    equations = [
        item
        for item in source.of(read).items
        if isinstance(item, source.Equation) and item.display
    ]
    for equation, digest in _paired(equations, hashes):
        is_wrong = equation.directive.mode == "wrong"
        found[equation.line] = ("wrong" if is_wrong else "equation", digest)
    return found


def _paired(checked: list, shown: list[str]) -> Iterator[tuple]:
    return (
        zip(checked, shown, strict=True)
        if len(checked) == len(shown)
        else iter(())
    )
