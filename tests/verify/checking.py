"""Whether a block does what its page says."""

from __future__ import annotations

from page import Fault, shown
from verify.blocks import Block, comment
from verify.mishaps import mishap, tail
from verify.outputs import same_output, tidy, too_long
from verify.running import Part, Run


def check(block: Block, run: Run) -> Fault | None:
    """Return the first thing that a run shows to be false, or None."""
    return mishap(block, run) or _wrong_output(block, run)


def shown_by(block: Block, part: Part) -> str:
    """Return the output that a part's `#>` lines show."""
    lines = block.fence.lines
    return "".join(f"{comment(lines[n])}\n" for n in part.comments)


def in_fence(block: Block, run: Run) -> str:
    """Return what the fence after a block has to show."""
    last = tail(block, run)
    if block.has_comments:
        return last
    return f"{tidy(run.printed)}\n{last}".strip("\n")


def _wrong_output(block: Block, run: Run) -> Fault | None:
    long = too_long(run.printed)
    if long:
        return block.fault(
            f"this block prints {long}, whose last digits differ from one "
            "machine to the next",
            "Round it where it is printed, as in print(f'{w:.3f}').",
        )
    if block.shown:
        wanted = in_fence(block, run)
        if not same_output(block.shown.text, wanted):
            return _stale(
                block, block.shown.first, tidy(block.shown.text), wanted
            )
        if not wanted:
            return block.fault(
                "this block prints nothing, and an output follows it",
                "Print it, or put a sentence between the two.",
                block.shown.first,
            )
    if block.shown and not block.has_comments:
        return None
    for part in run.parts:
        text = shown_by(block, part)
        if not same_output(text, part.printed):
            lines = block.fence.lines
            at = part.comments[0] if part.comments else part.end - 1
            return _stale(
                block,
                lines[max(at, 0)].number if lines else block.line,
                tidy(text),
                tidy(part.printed),
            )
    return None


def _stale(block: Block, line: int, old: str, new: str) -> Fault:
    page = shown(block.page.path)
    if not old:
        what = "this prints what the page does not show:\n" + _quoted(new)
    elif not new:
        what = "the page shows an output that is not printed:\n" + _quoted(old)
    else:
        what = (
            "the output is not what the page shows; it shows\n"
            f"{_quoted(old)}\n    and the code prints\n{_quoted(new)}"
        )
    return block.fault(
        what, f"If the code is right: make update PAGE={page}", line
    )


def _quoted(text: str) -> str:
    return "\n".join(f"        {line}" for line in text.split("\n"))
