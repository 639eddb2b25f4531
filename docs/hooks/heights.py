"""A browser knows how high figures and code are before it draws them.

So nothing jumps, and what is not yet in view costs no time.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIGURE = re.compile(r'<img (?=[^>]*src="[^"]*(?P<place>assets/figures/[^"]+))')
SIZE = re.compile(r'<svg [^>]*width="([\d.]+)pt" height="([\d.]+)pt"')
CODE = re.compile(
    r"<pre>(?P<code>(?:<span></span>)?<code.*?)</pre>", re.DOTALL
)

TAG = re.compile(r"<[^>]+>")


def on_page_content(html: str, **_: object) -> str:
    """Write the heights of figures and code into a page."""
    return FIGURE.sub(with_size, CODE.sub(with_lines, html))


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


def with_lines(match: re.Match) -> str:
    """Return a block of code with the number of its lines.

    It takes the focus, and so comes into view, where the theme looks at it.
    """
    lines = TAG.sub("", match["code"]).rstrip("\n").count("\n") + 1
    code = match["code"].replace("<code", '<code tabindex="0"', 1)
    return f'<pre style="--lines:{lines}">{code}</pre>'
