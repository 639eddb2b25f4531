"""What the copy button of a code block gives: text that runs alone.

A block that continues earlier ones is copied as the whole program: with what
it needs from them, and no more. Material's copy button takes `data-copy`
where a block has one.
"""

from __future__ import annotations

import html as entities
import re

from mkdocs.config.defaults import MkDocsConfig

import program

# A block with the output that follows it; notes stand below both.
BLOCK = re.compile(
    r'<div class="(?P<classes>(?![^"]*\b(?:rosetta|cell)\b)'
    r'[^"]*\blanguage-(?:python3?|py)\b[^"]*)"'
    r"(?P<attributes>[^>]*)>"
    r'(?P<inside>(?:<span class="filename">.*?</span>)?<pre>.*?</pre>)'
    r'(?P<output></div>\s*<div class="[^"]*\blanguage-text\b[^"]*">'
    r'(?:(?!</div>).)*</pre>)?(?P<notes>(?:<p class="\w+">[^<]*</p>)*)</div>',
    re.DOTALL,
)
CODE = re.compile(r"<code[^>]*>(.*?)</code>", re.DOTALL)
NOTE = {
    "zh": "复制得到可以单独运行的完整程序，共 {} 行",
    "en": "Copies as a whole program of {} lines that runs alone",
}


def programs(html: str) -> list[str]:
    """Return for each Python block of a page the program that it copies as."""
    matches = list(BLOCK.finditer(html))
    failing = (n for n, e in enumerate(matches) if "raises-" in e["classes"])
    return program.programs(tuple(map(_code, matches)), frozenset(failing))


def with_programs(html: str, language: str) -> str:
    """Return a page whose copy buttons give programs that run alone."""
    wholes = iter(programs(html))

    def with_program(match: re.Match) -> str:
        whole = next(wholes)
        if whole == _code(match):
            return match[0]
        note = NOTE[language].format(whole.count("\n") + 1)
        return (
            f'<div class="{match["classes"]}"{match["attributes"]}'
            f' data-copy="{entities.escape(whole)}">{match["inside"]}'
            f'{match["output"] or ""}<p class="program">{note}</p></div>'
        )

    return BLOCK.sub(with_program, html)


def _code(match: re.Match) -> str:
    code = CODE.search(match["inside"])[1]
    return entities.unescape(re.sub(r"<[^>]+>", "", code)).rstrip("\n")


def on_page_content(html: str, config: MkDocsConfig, **_: object) -> str:
    """Give the blocks of a page their programs."""
    return with_programs(html, config.theme["language"])
