"""What the theme and Markdown write amiss is mended: pages are valid HTML."""

from __future__ import annotations

import re

AMISS = (
    # A figure in a folded note: Markdown takes it for a paragraph.
    (re.compile(r"<p>\s*(<figure\b.*?</figure>)\s*</p>", re.DOTALL), r"\1"),
    (re.compile(r'(<fig\w+) markdown="\w+"'), r"\1"),
    # The theme's labels of sections, and its boxes.
    (re.compile(r'(<label\b[^>]*) tabindex=""'), r"\1"),
    (
        re.compile(r'(<input\b[^>]* type="checkbox"[^>]*) autocomplete="off"'),
        r"\1",
    ),
)


def on_post_page(output: str, **_: object) -> str:
    """Return a page as valid HTML."""
    return valid(output)


def on_post_template(output_content: str, **_: object) -> str:
    """Return the page of an unknown address as valid HTML."""
    return valid(output_content)


def valid(html: str) -> str:
    """Return HTML with what is amiss mended."""
    for wrong, right in AMISS:
        html = wrong.sub(right, html)
    return html
