"""What the copy button of a code block gives: text that runs alone.

A block that continues earlier ones is copied as the whole program: with what
it needs from them, and no more. Material's copy button takes `data-copy`
where a block has one.
"""

from __future__ import annotations

import html as entities
import re

from mkdocs.config.defaults import MkDocsConfig
from program import program

BLOCK = re.compile(
    r'<div class="(?P<classes>[^"]*\blanguage-python\b[^"]*)"'
    r"(?P<attributes>[^>]*)>"
    r'(?P<inside>(?:<span class="filename">.*?</span>)?<pre>.*?</pre>)</div>',
    re.DOTALL,
)
CODE = re.compile(r"<code[^>]*>(.*?)</code>", re.DOTALL)
NOTE = {
    "zh": "复制得到可以单独运行的完整程序，共 {} 行",
    "en": "Copies as a whole program of {} lines that runs alone",
}


def python_blocks(html: str) -> list[str]:
    """Return the code of each Python block of a page, as a reader sees it."""
    return [_code(match) for match in BLOCK.finditer(html)]


def with_programs(html: str, language: str) -> str:
    """Return a page whose copy buttons give programs that run alone."""
    matches = list(BLOCK.finditer(html))
    blocks = [_code(match) for match in matches]
    # A block that is meant to fail gives nothing to the ones after it.
    makers = [
        "" if "raises-" in match["classes"] else block
        for match, block in zip(matches, blocks, strict=True)
    ]
    for index, match in reversed(list(enumerate(matches))):
        whole = program([*makers[:index], blocks[index]], index)
        if whole == blocks[index]:
            continue
        note = NOTE[language].format(whole.count("\n") + 1)
        block = (
            f'<div class="{match["classes"]}"{match["attributes"]}'
            f' data-copy="{entities.escape(whole)}">{match["inside"]}'
            f'<p class="program">{note}</p></div>'
        )
        html = html[: match.start()] + block + html[match.end() :]
    return html


def _code(match: re.Match) -> str:
    code = CODE.search(match["inside"])[1]
    return entities.unescape(re.sub(r"<[^>]+>", "", code)).rstrip("\n")


def on_page_content(html: str, config: MkDocsConfig, **_: object) -> str:
    """Give the blocks of a page their programs."""
    return with_programs(html, config.theme["language"])
