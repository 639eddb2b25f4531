"""Formulas are set while the site is built: a browser only shows them.

Each becomes a drawing, with MathML beside it for screen readers and its TeX
for those who copy it. The glyphs of a page stand on it once.
"""

from __future__ import annotations

import html as entities
import json
import re
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from page import Fault, line_of
from typeset import Unset, typeset

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
        try:
            shown = typeset(tex, display=tag == "div")
        except Unset as error:
            faults.append(fault(path, tex, str(error)))
            return match[0]
        glyphs.update(shown["glyphs"])
        return (
            f'<{tag} class="arithmatex" data-tex="{entities.escape(tex)}">'
            f'{shown["svg"]}<span class="mathml">{shown["mathml"]}</span>'
            f"</{tag}>"
        )

    html = FORMULA.sub(formula, html)
    return outlines(glyphs) + html if glyphs else html


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
    if path.suffix == ".ipynb":
        first = json.dumps(first)[1:-1]
    return Fault(
        path,
        line_of(first, path),
        f"MathJax cannot set {tex}: {message}",
        "Mend the formula, or write it with what MathJax knows.",
    )
