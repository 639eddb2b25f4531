"""Chinese lines join without a space, as Chinese is written.

In the source of a page each sentence has a line of its own. A browser shows
the end of a line as a space, which Chinese does not have between characters
or beside its punctuation.
"""

import re

from mkdocs.config.defaults import MkDocsConfig

HAN = r"\u4e00-\u9fff"
PUNCTUATION = r"\u3000-\u303f\uff01-\uff60“”‘’…"
LINE_END = re.compile(
    rf"(?<=[{PUNCTUATION}])\n(?=\S)|(?<=\S)\n(?=[{PUNCTUATION}])"
    rf"|(?<=[{HAN}])\n(?=[{HAN}])"
)
PREFORMATTED = re.compile(r"(<(pre|script|style)\b.*?</\2>)", re.DOTALL)


def join_lines(html: str) -> str:
    """Return HTML with the line ends between Chinese characters removed.

    Whatever stands in `pre`, `script` and `style` stays as it is.
    """
    parts = PREFORMATTED.split(html)
    # split() returns text, the element, its name, text, …
    joined = []
    for index in range(0, len(parts), 3):
        joined.append(LINE_END.sub("", parts[index]))
        joined.extend(parts[index + 1 : index + 2])
    return "".join(joined)


def on_page_content(html: str, config: MkDocsConfig, **_: object) -> str:
    """Join the lines of a Chinese page."""
    return join_lines(html) if config.theme["language"] == "zh" else html
