"""What a block did that its page does not announce, in words."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from page import Fault, shown
from verify.blocks import Block
from verify.comments import Untrue
from verify.marks import exception

if TYPE_CHECKING:
    from verify.running import Run

# Tabs, the returns of a bar of progress, the escapes of colours.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def mishap(block: Block, run: Run) -> Fault | None:
    """Return what a run did that the block's marks do not announce."""
    try:
        return _mishap(block, run)
    except ValueError as error:  # from exception()
        return block.fault(str(error), "Mend the mark.")


def _mishap(block: Block, run: Run) -> Fault | None:
    if isinstance(run.error, Untrue):
        return block.fault(
            f"{run.error}{_where(block, run.error)}",
            "Mend the comment, or the code.",
            _page_line(block, run.error),
        )
    if odd := CONTROL.search(run.printed):
        return block.fault(
            f"this block prints {odd[0]!r}, which a page cannot show",
            "Print plain text: blanks for tabs, and neither colours nor a "
            "bar of progress.",
        )
    if block.marks.raises:
        return _wrong_exception(block, run)
    if run.error:
        return block.fault(
            f"this block raises {_last_line(run.error)}"
            f"{_where(block, run.error)}",
            "Mend it; if the page shows a mistake, mark the block "
            f"{{.python .raises-{_name(type(run.error))}}}.",
            _page_line(block, run.error),
        )
    if run.stderr:
        return block.fault(
            f"this block writes to stderr: {run.stderr.strip()!r}",
            "A reader would see that. Print what the page shows.",
        )
    return _wrong_warning(block, run)


def tail(block: Block, run: Run) -> str:
    """Return the last line that a reader sees of an error or a warning."""
    if block.marks.raises and run.error:
        return _last_line(run.error)
    if block.marks.warns and run.warned:
        warned = run.warned[0]
        message = str(warned.message).splitlines()[0]
        return f"{warned.category.__name__}: {message}"
    return ""


def _wrong_exception(block: Block, run: Run) -> Fault | None:
    wanted = exception(block.marks.raises)
    if type(run.error) is wanted:
        return None
    did = (
        f"raises {_last_line(run.error)}{_where(block, run.error)}"
        if run.error
        else "raises nothing"
    )
    return block.fault(
        f"this block {did}, and is marked .raises-{block.marks.raises}",
        "Mend the block or its mark.",
        _page_line(block, run.error),
    )


def _wrong_warning(block: Block, run: Run) -> Fault | None:
    categories = {warned.category for warned in run.warned}
    if block.marks.warns:
        if categories == {exception(block.marks.warns)}:
            return None
        names = ", ".join(sorted(map(_name, categories))) or "nothing"
        return block.fault(
            f"this block warns of {names}, and is marked "
            f".warns-{block.marks.warns}",
            "Mend the block or its mark.",
        )
    if not run.warned:
        return None
    warned = run.warned[0]
    message = str(warned.message).splitlines()[0]
    name = _name(warned.category)
    return block.fault(
        f"this block warns: {name}: {message}",
        f"Mend it, or mark it {{.python .warns-{name}}} and explain it.",
    )


def _last_line(error: BaseException) -> str:
    """Return what a traceback ends with, its first line where it has more.

    As Python does, name the module of a class that is not built in.
    """
    text = "".join(traceback.format_exception_only(error))
    if isinstance(error, SyntaxError):  # the lines above quote the code
        return text.strip().splitlines()[-1]
    return text.splitlines()[0]


def _name(kind: type) -> str:
    if kind.__module__ == "builtins":
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _frames(error: BaseException) -> list[tuple[str, int]]:
    """Return the files and lines that an error passed through."""
    frames = [
        (frame.f_code.co_filename, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError):
        frames.append((error.filename, error.lineno))
    return frames


def _page_line(block: Block, error: BaseException | None) -> int:
    """Return the page's line at which an error came up."""
    if error is None:
        return block.line
    own, included = 0, block.line
    for file, number in _frames(error):
        for line in block.fence.lines:
            if line.file is None:
                if (file, number) == (str(block.page.path), line.number):
                    own = number
            elif (file, number) == (str(line.file), line.file_number):
                included = line.number
    return own or included


def _where(block: Block, error: BaseException) -> str:
    """Say where in an included file an error came up, if it did."""
    included = {str(line.file) for line in block.fence.lines if line.file}
    for file, number in reversed(_frames(error)):
        if file in included:
            return f" (at {shown(Path(file))}:{number})"
    return ""
