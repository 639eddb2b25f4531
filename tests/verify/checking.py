"""What a page would have to show, where it shows something else."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from page import Fault, shown
from verify import prose
from verify.blocks import Block, comment
from verify.mishaps import tail
from verify.outputs import same_output, tidy
from verify.running import Part, Run


@dataclass(frozen=True)
class Edit:
    """A spot of a page's source, what belongs there, and what is told.

    To check a page is to tell of its first edit, to update it is to make all.
    """

    start: int
    end: int
    new: str
    fault: Fault


def outputs(block: Block, run: Run) -> Iterator[Edit]:
    """Yield the edits that bring a block's outputs in line with its run."""
    if block.shown:
        said = [tail(run) if block.expected else ""]
        if not block.has_comments:
            said.insert(0, tidy(run.printed))
        old, new = block.shown.text, "\n".join(filter(None, said))
        first, last = block.shown.first, block.shown.last
        if not same_output(old, new):
            lines = _lines(new, block.shown.indent)
            yield _edit(block, first + 1, last, lines, old, new, first)
    if block.has_comments or not block.shown:
        for part in run.parts:
            yield from _in_comments(block, part)


def _in_comments(block: Block, part: Part) -> Iterator[Edit]:
    """Yield the edit of the `#>` lines of a part of a block."""
    old, new = "".join(f"{comment(e)}\n" for e in part.comments), part.printed
    if same_output(old, new):
        return
    indent, told = block.fence.indent, part.end.number
    first = end = told + 1
    if part.comments:
        text = part.comments[0].text
        indent += text[: len(text) - len(text.lstrip())]
        told = first = part.comments[0].number
        end = part.comments[-1].number + 1
    if end - first > len(part.comments):
        what = "the output of one statement stands in several places"
        raise block.fault(what, "Put its `#>` lines together.", first)
    lines = _lines(tidy(new), f"{indent}#> ")
    yield _edit(block, first, end, lines, old, new, told)


def _lines(text: str, before: str) -> list[str]:
    lines = text.split("\n") if text else []
    return [f"{before}{line}".rstrip() for line in lines]


def _edit(
    block: Block,
    first: int,
    end: int,
    lines: list[str],
    old: str,
    new: str,
    told: int,
) -> Edit:
    """Return the edit of lines, from `first` to before `end`."""
    source = block.page.source
    starts = prose.starts(source)
    eol = "\r\n" if "\r\n" in source else "\n"
    old, new = (textwrap.indent(tidy(e), " " * 8) for e in (old, new))
    if not old.strip():
        what = f"this prints what the page does not show:\n{new}"
    elif not new.strip():
        what = f"the page shows an output that is not printed:\n{old}"
    else:
        what = (
            f"the output is not what the page shows; it shows\n{old}\n"
            f"    and the code prints\n{new}"
        )
    mend = f"If the code is right: make update PAGE={shown(block.page.path)}"
    return Edit(
        starts[first - 1],
        starts[end - 1],
        "".join(line + eol for line in lines),
        block.fault(what, mend, told),
    )
