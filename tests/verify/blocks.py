"""The Python blocks of a page, each with its marks and the output it shows."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pygments.lexers import LEXERS

from page import PYTHON, Fault, Fence, Line, Page
from verify.comments import misplaced
from verify.marks import KNOWN, Marks, marks

COMMENT = re.compile(r"^\s*#>(?: (?P<text>.*)|(?P<odd>.*))$")
OUTPUT = ("text", "output")
# Names that the highlighter takes.
LANGUAGES = {name for _, _, names, *_ in LEXERS.values() for name in names}
PYTHON_NAMES = set(LEXERS["PythonLexer"][2])


@dataclass(frozen=True)
class Block:
    """A Python block of a page, and where its output is shown.

    `shown` is the fence right after it, if that holds an output.
    """

    page: Page
    fence: Fence
    marks: Marks
    shown: Fence | None = None

    @property
    def line(self) -> int:
        """The page's line of the opening fence."""
        return self.fence.first

    @property
    def has_comments(self) -> bool:
        """Whether the block carries `#>` lines."""
        return any(COMMENT.match(line.text) for line in self.fence.lines)

    @property
    def is_unread(self) -> bool:
        """Whether a line of it could not be read: an include of no file."""
        lines = range(self.fence.first, self.fence.last)
        return any(fault.line in lines for fault in self.page.faults)

    def fault(self, what: str, mend: str, line: int = 0) -> Fault:
        """Return a fault of this block."""
        return Fault(self.page.path, line or self.line, what, mend)


def blocks(page: Page) -> tuple[list[Block], list[Fault]]:
    """Return a page's Python blocks, and what is wrong with its fences."""
    found: list[Block] = []
    faults = list(page.faults)
    outputs: list[Fence | None] = []
    for fence, following in itertools.pairwise([*page.fences, None]):
        faults += _language_faults(page, fence)
        if fence.language in OUTPUT and fence not in outputs:
            faults.append(_no_output(page, fence))
        if not fence.is_python:
            continue
        try:
            asked = marks(fence.classes)
        except ValueError as error:
            faults.append(
                Fault(page.path, fence.first, str(error), f"Known: {KNOWN}.")
            )
            asked = Marks()
        shown = following if _shows_output(page, fence, following) else None
        outputs.append(shown)
        block = Block(page, fence, asked, shown)
        faults += _comment_faults(block)
        faults += _misplaced(block)
        faults += _title_faults(block)
        found.append(block)
    return found, faults


def _no_output(page: Page, fence: Fence) -> Fault:
    return Fault(
        page.path,
        fence.first,
        f"this {fence.language} follows no block that prints it",
        "Put it right after the block that does; for what is no output, say "
        "what it is, as in ```console.",
    )


def comment(line: Line) -> str | None:
    """Return the output that a `#>` line shows, or None for another line."""
    mark = COMMENT.match(line.text)
    return mark and (mark["text"] or mark["odd"] or "")


def _shows_output(page: Page, fence: Fence, following: Fence | None) -> bool:
    if following is None or following.language not in OUTPUT:
        return False
    between = (
        line.text
        for line in page.prose
        if fence.last < line.number < following.first
    )
    return fence.indent == following.indent and not any(
        map(str.strip, between)
    )


def _language_faults(page: Page, fence: Fence) -> Iterator[Fault]:
    name = fence.language
    if name in PYTHON:
        return
    if not name:
        what = "this block does not say what language it is in"
        mend = "Write ```python, or ```text for what is no code."
    elif name in ("pycon", "doctest"):
        what = (
            f"a block of {name} cannot be copied and run: its prompts would "
            "be copied as well"
        )
        mend = "Write plain ```python, with outputs as `#> …` lines."
    elif name.lower() in PYTHON_NAMES or _close(name, PYTHON):
        what = f"{name!r} is not how Python is spelled here: it would not run"
        mend = "Write ```python."
    elif name not in LANGUAGES or name == "cuda":
        what = f"{name!r} is no language here"
        mend = (
            "Write the language first, as in ```python or "
            f"```{{.python .mark}}; the marks are {KNOWN}."
        )
    else:
        return
    yield Fault(page.path, fence.first, what, mend)


def _close(word: str, words: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(word.lower(), words, 1, 0.7)


def _comment_faults(block: Block) -> Iterator[Fault]:
    lines = [line for line in block.fence.lines if comment(line) is not None]
    for line in lines:
        if line.file:
            yield block.fault(
                f"the included {line.file.name}:{line.file_number} carries an "
                "output (`#>`)",
                "Outputs belong to the page: print there, and write it there.",
                line.number,
            )
            return
    shows_tail = block.marks.raises or block.marks.warns
    if lines and block.shown and not shows_tail:
        yield block.fault(
            "this block's output is shown twice: by `#>` lines, and by the "
            f"fence at line {block.shown.first}",
            "Keep one of them.",
        )


def _misplaced(block: Block) -> Iterator[Fault]:
    for number, what in misplaced(block.fence.text):
        line = block.fence.lines[number - 1]
        yield block.fault(
            f"the comment says {what}: {line.text.strip()!r}",
            "A shape stands where a value is assigned, returned or looped "
            "over; a derivative dL/dw where dw is assigned, or where all are "
            "returned in the order of the function's parameters.",
            line.number,
        )


def _title_faults(block: Block) -> Iterator[Fault]:
    """Yield a fault where the title names another file than is included."""
    title = block.fence.options.get("title", "")
    if block.is_unread:
        return  # what could not be included is told already
    files = {
        "/".join(line.file.parts[-2:])
        for line in block.fence.lines
        if line.file
    }
    if title.endswith(".py") and title not in files:
        yield block.fault(
            f"the title is {title!r}, and the block includes "
            f"{' and '.join(sorted(files)) or 'no file'}",
            "Name the file that the code is from.",
        )
