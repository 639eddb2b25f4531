"""What a block did, compared with what its page says."""

from __future__ import annotations

import re
import textwrap
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from page import Fault, shown
from verify import prose
from verify.blocks import Block, comment
from verify.comments import Untrue
from verify.running import Run

# Tabs, the returns of a bar of progress, the escapes of colours.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
DECIMAL = re.compile(r"(?<![\w.])[-+]?\d+\.\d*(?:e[-+]?\d+)?(?!\w)")
NEGATIVE_ZERO = re.compile(r"(?<![\w.])-(?=0\.?0*(?:e[-+]?\d+)?(?![\w.]))")
# float64 keeps about 16 digits, of which a sum in another order changes some.
DIGITS = 12


@dataclass(frozen=True)
class Edit:
    """A spot of a file, what belongs there, and what is told.

    To check a page is to tell of its first edit, to update it is to make all.
    """

    start: int
    end: int
    new: str
    fault: Fault


def stale(path: Path, line: int, what: str, name: str = "") -> Fault:
    """Return the fault that something is not what code gives today.

    `make update` mends what has this name: that of the file, or another.
    """
    mend = f"If the code is right: make update PAGE={name or path.stem}"
    return Fault(path, line, what, mend)


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
    did, marks = "this block neither raises nor warns", set()
    if run.error:
        did = f"this block raises {tail(run)}{where}"
        marks = {f"raises-{tail(run).partition(':')[0]}"}
    elif run.warned:
        did = f"this block warns: {tail(run)}"
        marks = {f"warns-{each.category.__name__}" for each in run.warned}
    if marks != {block.expected} - {""}:
        marked = block.expected and f", and is marked .{block.expected}"
        names = "} or {.python .".join(sorted(marks))
        mend = "if the page explains what it does, mark the block "
        mend += f"{{.python .{names}}}" if marks else "just ```python"
        return block.fault(f"{did}{marked}", f"Mend it; {mend}.", line)
    if run.stderr and not run.error:
        return block.fault(
            f"this block writes to stderr: {run.stderr.strip()!r}",
            "A reader would see that. Print what the page shows.",
        )
    return None


def tail(run: Run) -> str:
    """Return the last line that a reader sees of an error or a warning."""
    if run.error:
        text = "".join(traceback.format_exception_only(run.error)).strip()
        # The lines above a mistake of syntax quote the code.
        is_quoted = isinstance(run.error, SyntaxError)
        return text.splitlines()[-1 if is_quoted else 0]
    for warned in run.warned[:1]:
        message = str(warned.message).splitlines()[0]
        return f"{warned.category.__name__}: {message}"
    return ""


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


def outputs(block: Block, run: Run) -> Iterator[Edit]:
    """Yield the edits that bring a block's outputs in line with its run."""
    source = block.page.source
    starts, eol = prose.starts(source), "\r\n" if "\r\n" in source else "\n"
    for first, end, prefix, old, new in _places(block, run):
        if same_output(old, new):
            continue
        told = first if end > first else first - 1
        if end - first > old.count("\n"):
            what = "the output of one statement stands in several places"
            raise block.fault(what, "Put its `#>` lines together.", told)
        texts = tidy(new).split("\n") if tidy(new) else []
        lines = [f"{prefix}{text}".rstrip() + eol for text in texts]
        quoted = [
            textwrap.indent(tidy(each) or "nothing", " " * 8)
            for each in (old, new)
        ]
        what = (
            f"the output is not what the page shows; it shows\n{quoted[0]}\n"
            f"    and the code prints\n{quoted[1]}"
        )
        fault = stale(block.page.path, told, what)
        place = starts[first - 1], starts[end - 1]
        yield Edit(*place, "".join(lines), fault)


def _places(
    block: Block, run: Run
) -> Iterator[tuple[int, int, str, str, str]]:
    """Yield where a page shows outputs.

    That is the first line and the one behind the last, what each begins with,
    what they show and what was printed.
    """
    fence, indent = block.shown, block.fence.indent
    has_comments = any(part.comments for part in run.parts)
    if fence:
        said = [tail(run) if block.expected else ""]
        if not has_comments:
            said.insert(0, tidy(run.printed))
        new = "\n".join(filter(None, said))
        yield fence.first + 1, fence.last, fence.indent, fence.text, new
    if fence and not has_comments:
        return
    for part in run.parts:
        first = end = part.end.number + 1
        prefix = f"{indent}#> "
        if part.comments:
            text = part.comments[0].text
            prefix = f"{indent}{text[: text.index('#')]}#> "
            first = part.comments[0].number
            end = part.comments[-1].number + 1
        old = "".join(f"{comment(line)}\n" for line in part.comments)
        yield first, end, prefix, old, part.printed


def same_output(shown: str, printed: str) -> bool:
    """Compare two texts: equal in all that can be seen.

    Pages print rounded, so numbers that agree at the digits shown are equal
    texts; only a rounded zero may carry either sign.
    """
    texts = [NEGATIVE_ZERO.sub("", tidy(each)) for each in (shown, printed)]
    return texts[0] == texts[1]


def tidy(text: str) -> str:
    """Drop what cannot be seen: spaces at line ends, empty last lines."""
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


def too_long(text: str) -> str:
    """Return a number with more digits than can be relied on, or ''."""
    for number in DECIMAL.findall(text):
        mantissa = re.sub(r"e.*|[-+.]", "", number).lstrip("0")
        if len(mantissa) > DIGITS:
            return number
    return ""
