"""A page comes as it will be: figures and code with their height and buttons.

So nothing jumps, and what is not yet in view costs no time. The theme's script
would make each button anew, which took a third of the time of a page's start.
"""

from __future__ import annotations

import functools
import itertools
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).resolve().parents[2]
FIGURE = re.compile(r'<img (?=[^>]*src="[^"]*(?P<place>assets/figures/[^"]+))')
SIZE = re.compile(r'<svg [^>]*width="([\d.]+)pt" height="([\d.]+)pt"')
CODE = re.compile(
    r"<pre>(?:<span></span>)?<code(?P<code>.*?)</pre>", re.DOTALL
)
TAG = re.compile(r"<[^>]+>")
COPY = {"zh": "复制", "en": "Copy to clipboard"}


def on_page_content(html: str, config: MkDocsConfig, **_: object) -> str:
    """Write the heights of figures and code, and the buttons, into a page."""
    numbers, title = itertools.count(), COPY[config.theme["language"]]

    def with_button(match: re.Match) -> str:
        return block(match["code"], f"code-{next(numbers)}", title)

    return FIGURE.sub(with_size, CODE.sub(with_button, html))


def with_size(match: re.Match) -> str:
    """Return the start of a figure's tag with its width and height."""
    path = ROOT / "docs" / match["place"]
    if not path.is_file():  # MkDocs says so
        return match[0]
    width, height = size(path)
    return f'<img loading="lazy" width="{width}" height="{height}" '


@functools.cache
def size(path: Path) -> tuple[int, int]:
    """Return the width and height of a drawing in CSS pixels."""
    points = SIZE.search(path.read_text("utf-8")).groups()
    return tuple(round(float(each) * 4 / 3) for each in points)


def block(code: str, name: str, title: str) -> str:
    """Return a block of code with the number of its lines and its button.

    It takes the focus, and so comes into view, where the theme looks at it.
    """
    lines = TAG.sub("", f"<code{code}").rstrip("\n").count("\n") + 1
    return (
        f'<pre style="--lines:{lines}"><span class="md-code__nav">'
        f'<button class="md-code__button" title="{title}" '
        f'data-clipboard-target="#{name}" data-md-type="copy"></button></span>'
        f'<code id="{name}" tabindex="0"{code}</pre>'
    )
