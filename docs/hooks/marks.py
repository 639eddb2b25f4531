"""Marks what the tests have checked, where a reader sees it.

`make test` leaves a report, with one hash of all files that it was about. A
site that is built of these very files shows what it says; any other shows
none of it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from copies import BLOCK, CODE

ROOT = Path(__file__).resolve().parents[2]
TREE = (
    *("docs/**/*.*", "snippets/**/*.*", "tests/**/*.*"),
    *("mkdocs*.yml", "pyproject.toml"),
)
EQUATION = re.compile(r'<div class="arithmatex">.*?</div>', re.DOTALL)
# What the page `verified` says of a run: [[code passed]], or [[versions]].
RESULT = re.compile(r"\[\[(?P<kind>\w+)(?: (?P<result>\w+))?\]\]")
WORDS = {
    "zh": {
        "code": "✓ 运行过，与页面一致：{}，CPU",
        "cuda": "✓ 在 GPU 上运行过，与页面一致：{}",
        "shim": "需要 CUDA，这里没有 GPU；代码在 CPU 上模拟运行过：{}",
        "equation": "公式核对过：{}",
        "wrong": "核对过，这个公式确实是错的：{}",
        "comma": "、",
    },
    "en": {
        "code": "✓ ran just as shown: {}, CPU",
        "cuda": "✓ ran on a GPU just as shown: {}",
        "shim": "Needs CUDA, and no GPU was there; ran on a CPU stand-in: {}",
        "equation": "This equation was checked: {}",
        "wrong": "Checked: this equation is wrong, as the page says: {}",
        "comma": ", ",
    },
}


def tree(root: Path = ROOT) -> str:
    """Return one hash of all that a test run is about, with LF line ends."""
    digest = hashlib.sha256()
    for path in sorted(path for each in TREE for path in root.glob(each)):
        name = path.relative_to(root)
        made = any(
            part.startswith((".", "__pycache__")) for part in name.parts
        )
        if path.is_file() and not made:
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{name.as_posix()} {len(content)} ".encode())
            digest.update(content)
    return digest.hexdigest()


@functools.cache
def report(root: Path = ROOT) -> Mapping:
    """Return the report of a test run on these very files, or an empty one."""
    path = root / "build/receipts.json"
    if not path.is_file():
        return {}
    found = json.loads(path.read_text("utf-8"))
    return found if found.get("tree") == tree(root) else {}


def with_marks(html: str, report: Mapping, place: str, language: str) -> str:
    """Return a page with a mark beside all that has passed."""
    words, versions = WORDS[language], report["versions"]

    def says(kind: str, names: Iterable[str]) -> str:
        return words[kind].format(named(names, versions, words["comma"]))

    def code(match: re.Match, kind: str) -> str:
        # The copied program stands in an attribute, where it is more.
        text = match["attributes"] + CODE.search(match["inside"])[1]
        used = [name for name in versions if name.lower() in text]
        names = dict.fromkeys(["Python", *used])
        mark = f'<p class="receipt">{says(kind, names)}</p>'
        return f"{match[0].removesuffix('</div>')}{mark}</div>"

    def equation(match: re.Match, kind: str) -> str:
        sign, label = "✗" if kind == "wrong" else "✓", says(kind, ["torch"])
        return (
            f'{match[0]}<p class="receipt" title="{label}">'
            f'<span aria-label="{label}" role="img">{sign}</span></p>'
        )

    marks = report["marks"].get(place, {"blocks": [], "formulas": []})
    html = _marked(html, BLOCK, marks["blocks"], code)
    return _marked(html, EQUATION, marks["formulas"], equation)


def named(names: Iterable[str], versions: Mapping, comma: str) -> str:
    """Return libraries with the versions that were used."""
    return comma.join(
        f"{name}\N{NO-BREAK SPACE}{versions[name]}" for name in names
    )


def _marked(
    html: str, pattern: re.Pattern, kinds: list[str], mark: Callable
) -> str:
    """Mark each match, in order, but for those that have not passed: ''."""
    if len(pattern.findall(html)) != len(kinds):
        return html  # a test says what the site shows otherwise
    left = iter(kinds)
    return pattern.sub(
        lambda match: mark(match, kind) if (kind := next(left)) else match[0],
        html,
    )


def with_results(html: str, report: Mapping, comma: str) -> str:
    """Return a page that tells what the run has found, or – without one."""

    def found(match: re.Match) -> str:
        if not report:
            return "–"
        if match["kind"] == "versions":
            return named(report["versions"], report["versions"], comma)
        counts = report["counts"].get(match["kind"], {})
        return str(counts.get(match["result"], 0))

    return RESULT.sub(found, html)


def on_pre_build(**_: object) -> None:
    """Look at the files anew."""
    report.cache_clear()


def on_page_content(
    html: str, page: Page, config: MkDocsConfig, **_: object
) -> str:
    """Mark what the last test run has checked."""
    language, uri = config.theme["language"], page.file.src_uri
    if uri == "verified.md":
        html = with_results(html, report(), WORDS[language]["comma"])
    if report():
        html = with_marks(html, report(), f"docs/{language}/{uri}", language)
    return html
