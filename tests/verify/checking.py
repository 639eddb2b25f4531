"""Whether a block does what its page says, and what would make it so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from page import Fault, shown
from verify.blocks import Block, comment
from verify.mishaps import mishap, tail
from verify.outputs import same_output, tidy, too_long
from verify.running import Part, Run


@dataclass(frozen=True)
class Edit:
    """Lines of a page that show `old`, and what replaces them to show `new`.

    `first` and `last` are line numbers; `last` is before `first` where lines
    are only added, in front of `first`. `line` is where a fault is told.
    """

    first: int
    last: int
    lines: list[str]
    line: int
    old: str
    new: str


def check(block: Block, run: Run) -> Fault | None:
    """Return the first thing that a run shows to be false, or None."""
    return mishap(block, run) or _wrong_output(block, run)


def stale(block: Block, run: Run) -> Iterator[Edit]:
    """Yield the edits that bring a block's outputs in line with its run."""
    if block.shown:
        wanted = tail(block, run)
        if not block.has_comments:
            wanted = f"{tidy(run.printed)}\n{wanted}".strip("\n")
        if not same_output(block.shown.text, wanted):
            first, last = block.shown.first, block.shown.last
            old, new = tidy(block.shown.text), tidy(wanted)
            lines = _lines(wanted, block.shown.indent)
            yield Edit(first + 1, last - 1, lines, first, old, new)
        if not block.has_comments:
            return
    for part in run.parts:
        yield from _in_comments(block, part)


def _in_comments(block: Block, part: Part) -> Iterator[Edit]:
    """Yield the edits of the `#>` lines of a part of a block."""
    lines = block.fence.lines
    old = "".join(f"{comment(lines[n])}\n" for n in part.comments)
    if same_output(old, part.printed):
        return
    old, new = tidy(old), tidy(part.printed)
    indent = block.fence.indent
    if not part.comments:
        line = lines[part.end - 1].number if lines else block.line
        yield Edit(line + 1, line, _lines(new, f"{indent}#> "), line, old, new)
        return
    text = lines[part.comments[0]].text
    indent += text[: len(text) - len(text.lstrip())]
    wanted = _lines(new, f"{indent}#> ") if new else []
    numbers = [lines[n].number for n in part.comments]
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        first, last = numbers[0], numbers[-1]
        yield Edit(first, last, wanted, first, old, new)
        return
    # In several places of a loop, say: the first is kept.
    for index, number in enumerate(numbers):
        here = [] if index else wanted
        yield Edit(number, number, here, number, old, new)


def _lines(text: str, before: str) -> list[str]:
    return [f"{before}{line}".rstrip() for line in text.split("\n")]


def _wrong_output(block: Block, run: Run) -> Fault | None:
    if long := too_long(run.printed):
        return block.fault(
            f"this block prints {long}, whose last digits differ from one "
            "machine to the next",
            "Round it where it is printed, as in print(f'{w:.3f}').",
        )
    for edit in stale(block, run):
        return _told(block, edit)
    if block.shown and not block.shown.text.strip():
        return block.fault(
            "this block prints nothing, and an output follows it",
            "Print it, or put a sentence between the two.",
            block.shown.first,
        )
    return None


def _told(block: Block, edit: Edit) -> Fault:
    if not edit.old:
        what = "this prints what the page does not show:\n" + _quoted(edit.new)
    elif not edit.new:
        what = "the page shows an output that is not printed:\n"
        what += _quoted(edit.old)
    else:
        what = (
            "the output is not what the page shows; it shows\n"
            f"{_quoted(edit.old)}\n    and the code prints\n"
            f"{_quoted(edit.new)}"
        )
    mend = f"If the code is right: make update PAGE={shown(block.page.path)}"
    return block.fault(what, mend, edit.line)


def _quoted(text: str) -> str:
    return "\n".join(f"        {line}" for line in text.split("\n"))
