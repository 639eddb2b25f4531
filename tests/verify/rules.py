"""What each page keeps to besides what it says: a rule yields what breaks it.

That is a line, what is wrong there, and how to mend it.
"""

from __future__ import annotations

import builtins
import functools
import keyword
import pydoc
import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

import metadata
import page
from page import ELSEWHERE, PYTHON, Fault, Page
from verify import prose

Wrong = Iterator[tuple[int, str, str]]
# Pages whose `code` is no Python: they speak of symbols, marks and misprints.
ABOUT_NAMES = ("changes", "contributing", "glossary", "notation")
WORD = re.compile(r"[A-Za-z_]\w*")
NAME = re.compile(r"(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(.*\))?")
MODULES = {"np": "numpy", "nn": "torch.nn"}
HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ ]+(?P<text>.*?)[ ]*"
    r"(?:\{(?:.*#(?P<id>[\w-]+))?.*\})?\s*$",
    re.MULTILINE,
)
FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?P<is>:)?")
HIGHLIGHTED = ", ".join(
    f"div.highlight.language-{name}:not(.{ELSEWHERE})" for name in PYTHON
)


def faults(read: Page) -> list[Fault]:
    """Return what breaks the rules on a page."""
    rules = (unsaid, headings, footnotes, names, blocks)
    return [Fault(read.path, *each) for rule in rules for each in rule(read)]


def unsaid(read: Page) -> Wrong:
    """A page says what it is, and what is seen in its pictures."""
    if not read.faults:
        for fault in metadata.unsaid(read.html, read.meta, read.path):
            yield fault.line, fault.what, fault.mend


def headings(read: Page) -> Wrong:
    """Each heading has an id of its own; the first is the page's name.

    It is the title, but for the home page, whose title has to be short.
    """
    stem, names = read.path.stem, {""}
    for line, heading in _headings(read):
        name, text = heading["id"] or "", heading["text"]
        title = text if stem == "index" else read.meta.get("title", text)
        found = heading["marks"], text, name
        if len(names) == 1 and found != ("#", title, stem):
            mend = f"Begin with # {title} {{#{stem}}}."
            yield line, "the first heading is not the page's", mend
        if not name:
            yield line, "this heading has no id", "Write it: {#name}."
        elif name in names:
            what = f"the id {name} stands on this page already"
            yield line, what, "Give each heading an id of its own."
        names.add(name or text)
    if len(names) == 1:
        yield 1, "the page has no heading", f"Begin with # … {{#{stem}}}."


def footnotes(read: Page) -> Wrong:
    """Each footnote has its text, and a sentence that calls it."""
    text = prose.without(prose.sentences(read), prose.COMMENT, prose.CODE)
    found = {each.groups(): each.start() for each in FOOTNOTE.finditer(text)}
    for (name, is_text), start in found.items():
        if (name, None if is_text else ":") not in found:
            lack = "sentence that calls it" if is_text else "text"
            mend = f"Write [^{name}] in a sentence, and [^{name}]: … below."
            what = f"the footnote {name} has no {lack}"
            yield prose.line_of(read, start), what, mend


def names(read: Page) -> Wrong:
    """Names in `code` are those of the page's blocks, or of snippets.

    So a function that is renamed is renamed in sentences, too.
    """
    code = "".join(fence.text for fence in read.fences)
    known = {*_names_of_snippets(page.root(read.path)), *WORD.findall(code)}
    text = prose.without(prose.sentences(read), prose.COMMENT)
    for span in prose.CODE.finditer(text):
        name = NAME.fullmatch(span[0].strip("`"))
        is_code = read.path.stem not in ABOUT_NAMES
        if is_code and name and not _is_called(name["name"], known):
            what = "nothing on this page or in snippets/ is called "
            yield (
                prose.line_of(read, span.start()),
                what + name["name"],
                "Call it as the code does; write a name of another library "
                "with its module, as in torch.nn.Linear.",
            )


def blocks(read: Page) -> Wrong:
    """The blocks that are run are those that the site shows."""
    if read.faults:  # what the site cannot show is told already
        return
    run = {_plain(e.text): e.first for e in read.fences if e.is_python}
    for text in sorted(run.keys() ^ {*map(_plain, python_blocks(read.html))}):
        begins = text.split("\n")[0]
        yield (
            run.get(text, 1),
            f"this is not both run and shown by the site: {begins!r}",
            "Look at the built page there: is it in a comment, in HTML or in "
            "text indented as code? Give it a plain ```python fence.",
        )


def python_blocks(html: str) -> list[str]:
    """Return the code of each Python block of a rendered page."""
    found = BeautifulSoup(html, "lxml").select(HIGHLIGHTED)
    return [block.find("code").get_text() for block in found]


def _plain(code: str) -> str:
    return code.strip("\n").expandtabs()


def _is_called(name: str, known: set[str]) -> bool:
    """Whether code has each part of a name, or a library has it so."""
    root, _, rest = name.partition(".")
    if known.issuperset(name.split(".")) or root == "tf":  # is not installed
        return True
    return bool(rest and pydoc.locate(f"{MODULES.get(root, root)}.{rest}"))


@functools.cache
def _names_of_snippets(root: Path) -> set[str]:
    texts = (path.read_text("utf-8") for path in root.glob("snippets/*/*.py"))
    words = WORD.findall("\n".join(texts))
    return {*dir(builtins), *keyword.kwlist, *words}


def _headings(read: Page) -> Iterator[tuple[int, re.Match]]:
    """Yield the line and the parts of each heading."""
    text = prose.without(prose.sentences(read), prose.COMMENT)
    for heading in HEADING.finditer(text):
        yield prose.line_of(read, heading.start()), heading
