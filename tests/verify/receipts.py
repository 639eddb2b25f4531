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
from verify.project import ROOT

LIBRARIES = ("torch", "numpy", "sympy", "matplotlib")
ITEM = re.compile(
    r"docs/(?P<language>\w+)/(?P<stem>\w+)\.md::line-(?P<line>\d+)(?P<label>.*)"
)
KINDS = {
    "tests/verify/translations/test_pages.py": "translation",
    "tests/verify/test_figures.py": "figure",
    "tests/verify/test_notebooks.py": "notebook",
}
_seen: dict[str, tuple[str, str]] = {}


def pytest_runtest_logreport(report) -> None:
    """Note the result of a check; a hook of pytest."""
    if report.when == "call" or report.outcome != "passed":
        _seen[report.nodeid] = (report.outcome, report.when)


def pytest_sessionfinish() -> None:
    """Write the report, if one is asked for; a hook of pytest."""
    path = os.environ.get("RECEIPTS")
    if path and _seen:
        records = list(_records())
        text = json.dumps(
            {"versions": versions(), "checks": records},
            ensure_ascii=False,
            indent=1,
        )
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text + "\n", encoding="utf-8")


def versions() -> dict[str, str]:
    """Return the versions of what the checks ran with."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        found[name] = metadata.version(name).split("+")[0]
    return found


def _records() -> Iterator[dict[str, object]]:
    digests: dict[Path, dict[int, str]] = {}
    for nodeid, (result, _) in sorted(_seen.items()):
        item = ITEM.match(nodeid)
        if item is None:
            name = nodeid.partition("::")[0]
            kind = KINDS.get(name, "test")
            yield _record(nodeid, 0, kind, "", result)
            continue
        path = ROOT / f"docs/{item['language']}/{item['stem']}.md"
        if path not in digests:
            digests[path] = content_digests(path)
        line = int(item["line"])
        kind = kind_of(item["label"], path, line)
        hashed = "" if kind == "number" else digests[path].get(line, "")
        yield _record(page.shown(path), line, kind, hashed, result)


def _record(where: str, line: int, kind: str, digest: str, result: str):
    return {
        "page": where,
        "line": line,
        "kind": kind,
        "digest": digest,
        "result": result,
    }


def content_digests(path: Path) -> dict[int, str]:
    """Return by line the hash of each block and equation of a page."""
    read = page.read(path)
    html = page.reader(page.root(path)).html(read.source)
    lines = [fence.first for fence in read.fences if fence.is_python]
    found = dict(zip(lines, receipts.code_digests(html), strict=True))
    notation = (path.parent / "notation.md").read_text(encoding="utf-8")
    tex = receipts.equation_digests(html, read.source, notation)
    lines = [n for n, _ in page.equations(read)]
    return found | dict(zip(lines, tex, strict=True))
