"""What the theme and Markdown write amiss is mended: pages are valid HTML."""

from __future__ import annotations

import re

AMISS = (
    # A figure in a folded note: Markdown takes it for a paragraph.
    (re.compile(r"<p>\s*(<figure\b.*?</figure>)\s*</p>", re.DOTALL), r"\1"),
    (re.compile(r'(<fig\w+) markdown="\w+"'), r"\1"),
    # The theme's labels of sections, and its boxes.
    (re.compile(r'(<label\b[^>]*) tabindex=""'), r"\1"),
    (re.compile(r'(type="checkbox"[^>]*) autocomplete="off"'), r"\1"),
)


def valid(html: str, **_: object) -> str:
    """Return a page, or that of an unknown address, as valid HTML."""
    for wrong, right in AMISS:
        html = wrong.sub(right, html)
    return html


on_post_page = on_post_template = valid
