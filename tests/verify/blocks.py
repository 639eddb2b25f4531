"""The Python blocks of a page, each with its mark and the output it shows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pygments.lexers import LEXERS

from page import PYTHON, Fault, Fence, Line, Page

COMMENT = re.compile(r"^\s*#> ?(?P<text>.*)$")
EXPECTED = re.compile(r"(?:raises|warns)-[A-Za-z_][\w.]*")
OUTPUT = ("text", "output")
# What the highlighter knows, but for other spellings of Python, for blocks
# with prompts, which cannot be copied, and for a mark.
KNOWN = {lexer: {*names} for lexer, (_, _, names, *_) in LEXERS.items()}
REFUSED = KNOWN["PythonLexer"] | KNOWN["PythonConsoleLexer"] | {"cuda"}
LANGUAGES = set().union(*KNOWN.values()) - REFUSED | {*PYTHON}
MARKS = ".cuda, .rosetta, .raises-SomeError and .warns-SomeWarning"
NO_OUTPUT = (
    "Put it right after the block that does; for what is no output, say what "
    "it is, as in ```console."
)
NO_LANGUAGE = (
    "Begin with ```python or ```{.python .mark}, without prompts and with "
    "outputs as `#> …` lines, with ```text for an output, or with another "
    f"language by its name. The marks are {MARKS}."
)


@dataclass(frozen=True, eq=False)
class Block:
    """A Python block of a page, and where its output is shown.

    `expected` is what it may do: raises-ValueError. `shown` is the fence right
    after it, if that holds an output.
    """

    page: Page
    fence: Fence
    cuda: bool = False
    expected: str = ""
    shown: Fence | None = None

    @property
    def line(self) -> int:
        """The page's line of the opening fence."""
        return self.fence.first

    @property
    def name(self) -> str:
        """The name of its code, in which errors come up."""
        return f"{self.page.path}, block at line {self.line}"

    def holds(self, fault: Fault) -> bool:
        """Whether a fault is of one of its lines."""
        return self.fence.first <= fault.line <= self.fence.last

    def fault(self, what: str, mend: str, line: int = 0) -> Fault:
        """Return a fault of this block."""
        return Fault(self.page.path, line or self.line, what, mend)


def blocks(page: Page) -> tuple[list[Block], list[Fault]]:
    """Return a page's Python blocks, and what is wrong with its fences."""
    found: list[Block] = []
    faults = list(page.faults)
    shown: Fence | None = None  # what the block before shows
    for fence, following in itertools.pairwise([*page.fences, None]):
        is_output = fence is shown and fence.text.strip()
        if fence.is_python:
            shown = following if _shows(page, fence, following) else None
            marks = [name for name in fence.classes if name != "cuda"]
            is_cuda = "cuda" in fence.classes
            block = Block(page, fence, is_cuda, " .".join(marks), shown)
            faults += _block_faults(block)
            found.append(block)
        elif fence.language in OUTPUT and not is_output:
            what = f"this {fence.language} follows no block that prints it"
            faults.append(Fault(page.path, fence.first, what, NO_OUTPUT))
        elif fence.language not in LANGUAGES:
            what = f"{fence.language!r} is no language here"
            faults.append(Fault(page.path, fence.first, what, NO_LANGUAGE))
    return found, faults


def comment(line: Line) -> str | None:
    """Return the output that a `#>` line shows, or None for another line."""
    mark = COMMENT.match(line.text)
    return mark and mark["text"]


def _shows(page: Page, fence: Fence, following: Fence | None) -> bool:
    """Whether a fence holds the output of the one before it."""
    if following is None or following.language not in OUTPUT:
        return False
    between = range(fence.last + 1, following.first)
    return fence.indent == following.indent and not any(
        line.text.strip() for line in page.prose if line.number in between
    )


def _block_faults(block: Block) -> Iterator[Fault]:
    """Yield marks that are none, and what is wrong with what is included."""
    if block.expected and not EXPECTED.fullmatch(block.expected):
        yield block.fault(
            f"unknown mark .{block.expected}", f"Known: {MARKS}."
        )
    included = [line for line in block.fence.lines if line.file]
    for line in included:
        if comment(line) is not None:
            yield block.fault(
                f"the included {line.file.name}:{line.file_number} carries an "
                "output (`#>`)",
                "Outputs belong to the page: print there, and write it there.",
                line.number,
            )
    title = block.fence.options.get("title", "")
    is_unread = any(map(block.holds, block.page.faults))
    files = {"/".join(line.file.parts[-2:]) for line in included}
    if title.endswith(".py") and title not in files and not is_unread:
        yield block.fault(
            f"the title is {title!r}, and the block includes "
            f"{' and '.join(sorted(files)) or 'no file'}",
            "Name the file that the code is from.",
        )
