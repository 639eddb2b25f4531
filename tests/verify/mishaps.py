"""What a block did that its page does not announce, in words."""

from __future__ import annotations

import re
import traceback

from page import Fault, shown
from verify.blocks import Block
from verify.comments import Untrue
from verify.running import Run

# Tabs, the returns of a bar of progress, the escapes of colours.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def mishap(block: Block, run: Run) -> Fault | None:
    """Return what a run did that the block's mark does not announce."""
    line, where = _place(block, run.error)
    if isinstance(run.error, Untrue):
        mend = "Mend the comment, or the code."
        return block.fault(f"{run.error.msg}{where}", mend, line)
    if odd := CONTROL.search(run.printed):
        return block.fault(
            f"this block prints {odd[0]!r}, which a page cannot show",
            "Print plain text: blanks for tabs, and neither colours nor a "
            "bar of progress.",
        )
    if run.error:
        marks = {f"raises-{_name(type(run.error))}"}
        did = f"raises {tail(run)}{where}"
    else:
        marks = {f"warns-{_name(each.category)}" for each in run.warned}
        did = f"warns: {tail(run)}" if marks else "neither raises nor warns"
    if marks != {block.expected} - {""}:
        marked = block.expected and f", and is marked .{block.expected}"
        names = "} or {.python .".join(sorted(marks))
        return block.fault(
            f"this block {did}{marked}",
            "Mend it; if the page explains what it does, mark the block "
            f"{{.python .{names}}}."
            if marks
            else "Mend it, or take the mark away.",
            line,
        )
    if run.stderr and not run.error:
        return block.fault(
            f"this block writes to stderr: {run.stderr.strip()!r}",
            "A reader would see that. Print what the page shows.",
        )
    return None


def tail(run: Run) -> str:
    """Return the last line that a reader sees of an error or a warning.

    As Python does, name the module of a class that is not built in.
    """
    if run.error:
        text = "".join(traceback.format_exception_only(run.error)).strip()
        # The lines above a mistake of syntax quote the code.
        is_quoted = isinstance(run.error, SyntaxError)
        return text.splitlines()[-1 if is_quoted else 0]
    for warned in run.warned[:1]:
        message = str(warned.message).splitlines()[0]
        return f"{warned.category.__name__}: {message}"
    return ""


def _name(kind: type) -> str:
    if kind.__module__ == "builtins":
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _place(block: Block, error: BaseException | None) -> tuple[int, str]:
    """Return the page's line at which an error came up.

    And where in an included file that was, if it was.
    """
    frames = [
        (frame.f_code.co_filename, number)
        for frame, number in traceback.walk_tb(error and error.__traceback__)
    ]
    if isinstance(error, SyntaxError):
        frames.append((error.filename, error.lineno))
    lines = [
        block.fence.lines[min(number, len(block.fence.lines)) - 1]
        for name, number in frames
        if name == block.name
    ]
    own = [line for line in lines if line.file is None]
    included = [line for line in lines if line.file]
    where = "".join(
        f" (at {shown(line.file)}:{line.file_number})"
        for line in included[-1:]
    )
    numbers = [block.line, *(line.number for line in own or included)]
    return numbers[-1], where
