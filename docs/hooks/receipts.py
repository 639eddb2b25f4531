"""Marks what the tests have checked, where a reader sees it.

`make test` leaves a report: one record for each check, with the hash of what
was checked. A block or an equation carries a mark if the report has passed
its very content; without a report there are no marks.
"""

from __future__ import annotations

import hashlib
import html as entities
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from copies import BLOCK, programs

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build/receipts.json"
EQUATION = re.compile(
    r'<div class="arithmatex">\s*\\\[(?P<tex>.*?)\\\]\s*</div>', re.DOTALL
)
OUTPUT = re.compile(
    r'\s*<div class="[^"]*\blanguage-(?:text|output)\b[^"]*">'
    r"(?P<text>.*?)</div>",
    re.DOTALL,
)
HEADING = re.compile(r'<h[1-4] id="(exercise|)')
DIRECTIVE = re.compile(r"<!--\s*math:.*?-->", re.DOTALL)
TOTALS = re.compile(r"<p>\[\[receipts\]\]</p>")
RIGHT = 'style="text-align: right"'
LIBRARIES = ("torch", "numpy", "matplotlib")
WORDS = {
    "zh": {
        "code": "✓ 运行过，与页面一致：{}，CPU",
        "cuda": "需要 CUDA，这里没有 GPU；代码在 CPU 上模拟运行过：{}",
        "gpu": "✓ 在 GPU 上运行过，与页面一致：{}",
        "equation": "公式核对过：{}",
        "wrong": "核对过，这个公式确实是错的：{}",
        "comma": "、",
        "none": "这次构建没有附带测试报告，所以页面上没有标记。",
        "head": ("核对的内容", "通过", "跳过", "失败"),
        "kinds": {
            "code": "代码块",
            "cuda": "需要 CUDA 的代码块，在 GPU 上",
            "shim": "需要 CUDA 的代码块，在 CPU 上模拟",
            "number": "句子里的数字",
            "equation": "公式",
            "wrong": "引用的错误公式",
            "figure": "图",
            "translation": "中英对照",
            "notebook": "笔记本",
            "test": "其他测试",
        },
        "versions": "版本：{}。",
    },
    "en": {
        "code": "✓ ran just as shown: {}, CPU",
        "cuda": "Needs CUDA, and no GPU was there; ran on a CPU stand-in: {}",
        "gpu": "✓ ran on a GPU just as shown: {}",
        "equation": "This equation was checked: {}",
        "wrong": "Checked: this equation is wrong, as the page says: {}",
        "comma": ", ",
        "none": "This build carries no test report, so pages carry no marks.",
        "head": ("What was checked", "passed", "skipped", "failed"),
        "kinds": {
            "code": "code blocks",
            "cuda": "code blocks that need CUDA, on a GPU",
            "shim": "code blocks that need CUDA, on a CPU stand-in",
            "number": "numbers in sentences",
            "equation": "equations",
            "wrong": "quoted mistakes in equations",
            "figure": "figures",
            "translation": "the two languages against each other",
            "notebook": "notebooks",
            "test": "other tests",
        },
        "versions": "Versions: {}.",
    },
}


def code_digests(html: str) -> list[str]:
    """Return the hash of each Python block.

    With it goes what it depends on, and the output shown right after it.
    """
    digests = []
    for match, whole in zip(BLOCK.finditer(html), programs(html), strict=True):
        shown = OUTPUT.match(html, match.end())
        digests.append(digest(whole + (shown["text"] if shown else "")))
    return digests


def equation_digests(html: str, source: str, notation: str) -> list[str]:
    """Return the hash of each display equation and what gives it meaning.

    That is what the page defines above it, its directives and the notation
    page.
    """
    context = digest("\n".join(DIRECTIVE.findall(source)) + notation)
    digests = []
    for match in EQUATION.finditer(html):
        tex = " ".join(entities.unescape(match["tex"]).split())
        context = digest(context + tex)
        digests.append(context)
    return digests


def digest(text: str) -> str:
    """Return a short hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_report(path: Path = REPORT) -> Mapping:
    """Return the report of the last test run, or an empty one."""
    if not path.is_file():
        return {"versions": {}, "checks": []}
    return json.loads(path.read_text(encoding="utf-8"))


def with_marks(
    html: str, source: str, notation: str, report: Mapping, language: str
) -> str:
    """Return a page with a mark beside all that the report has passed.

    `source` is the page's Markdown, `notation` that of the notation page.
    """
    if not report["checks"]:
        return html
    earned = Passed(report)
    blocks = iter(zip(programs(html), code_digests(html), strict=True))
    equations = iter(equation_digests(html, source, notation))

    def mark_code(match: re.Match) -> str:
        mark = earned.code(*next(blocks), language)
        return match[0].removesuffix("</div>") + f"{mark}</div>"

    def mark_equation(match: re.Match) -> str:
        key = next(equations)
        if _is_asked(match.string[: match.start()]):
            return match[0]
        return match[0] + earned.equation(key, language)

    return EQUATION.sub(mark_equation, BLOCK.sub(mark_code, html))


def _is_asked(before: str) -> bool:
    """Whether what follows belongs to an exercise, and not to its solution.

    There a mark would answer the question.
    """
    heading = HEADING.findall(before)[-1:]
    is_folded = before.count("<details") > before.count("</details")
    return heading == ["exercise"] and not is_folded


class Passed:
    """What a report has passed, by the hash of its content."""

    def __init__(self, report: Mapping) -> None:
        self.versions = report["versions"]
        self.passed = {
            (check["kind"], check["digest"])
            for check in report["checks"]
            if check["result"] == "passed" and check["digest"]
        }

    def code(self, whole: str, key: str, language: str) -> str:
        """Return the mark of a block with this program, or nothing."""
        libraries = [name for name in LIBRARIES if name in whole]
        words = WORDS[language]
        for kind, sentence in (
            ("code", words["code"]),
            ("cuda", words["gpu"]),
            ("shim", words["cuda"]),
        ):
            if (kind, key) in self.passed:
                return _mark(
                    sentence.format(self.named(language, "python", *libraries))
                )
        return ""

    def equation(self, key: str, language: str) -> str:
        """Return the mark of an equation, or nothing."""
        for kind, sign in (("equation", "✓"), ("wrong", "✗")):
            if (kind, key) in self.passed:
                sentence = WORDS[language][kind].format(
                    self.named(language, "torch")
                )
                return (
                    f'<p class="receipt" title="{sentence}">'
                    f'<span aria-label="{sentence}" role="img">{sign}</span>'
                    "</p>"
                )
        return ""

    def named(self, language: str, *names: str) -> str:
        """Return the names of libraries with the versions of the run."""
        shown = {"python": "Python", "numpy": "NumPy", "sympy": "SymPy"}
        return WORDS[language]["comma"].join(
            f"{shown.get(name, name)}\N{NO-BREAK SPACE}{self.versions[name]}"
            for name in names
            if name in self.versions
        )


def totals(report: Mapping, language: str) -> str:
    """Return the table of all that was checked, as HTML."""
    words = WORDS[language]
    if not report["checks"]:
        return f"<p>{words['none']}</p>"
    count = Counter(
        (check["kind"], check["result"]) for check in report["checks"]
    )
    rows = [
        "<tr><td>{}</td>{}</tr>".format(
            name,
            "".join(
                f"<td {RIGHT}>{count[kind, result]}</td>"
                for result in ("passed", "skipped", "failed")
            ),
        )
        for kind, name in words["kinds"].items()
        if any(checked == kind for checked, _ in count)
    ]
    what, *results = words["head"]
    head = f"<th>{what}</th>" + "".join(
        f"<th {RIGHT}>{result}</th>" for result in results
    )
    versions = Passed(report).named(language, *report["versions"])
    return (
        f"<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
        f"<p>{words['versions'].format(versions)}</p>"
    )


def _mark(sentence: str) -> str:
    return f'<p class="receipt">{sentence}</p>'


def on_page_content(
    html: str, page: Page, config: MkDocsConfig, **_: object
) -> str:
    """Mark what the last test run has checked."""
    language = config.theme["language"]
    report = read_report()
    if TOTALS.search(html):
        table = totals(report, language)
        html = TOTALS.sub(lambda _: table, html)
    if page.file.src_uri.endswith(".ipynb"):
        return html
    source = Path(page.file.abs_src_path).read_text(encoding="utf-8")
    notation = Path(config.docs_dir, "notation.md").read_text("utf-8")
    return with_marks(html, source, notation, report, language)
