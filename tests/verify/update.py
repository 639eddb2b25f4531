"""Rewrites what the pages show: outputs, numbers and figures.

    python -m verify.update [PAGE or chapter …]

Without arguments, all of them. A page whose code raises is left alone. What
is right stays as it is, byte for byte, and each change is listed.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import page
from page import shown
from verify import figures
from verify.blocks import Block
from verify.checking import in_fence, shown_by
from verify.examples import Reading
from verify.numbers import Tie, line_of, ties
from verify.outputs import same_output, tidy
from verify.project import LANGUAGES, ROOT
from verify.running import Failed, Run, unexpected


@dataclass(frozen=True)
class Edit:
    """Some lines of a page and what replaces them.

    `first` and `last` are line numbers; `last` is before `first` where lines
    are only added, in front of `first`.
    """

    first: int
    last: int
    lines: list[str]


class Refused(Exception):
    """A page cannot be updated."""


def main(arguments: list[str]) -> int:
    """Update pages and figures; return 1 where something was refused."""
    chosen = arguments or [*_stems(), *figures.stems()]
    refused = False
    for stem in dict.fromkeys(Path(each).stem for each in chosen):
        found = False
        if stem in figures.stems():
            found = True
            for message in update_figures(stem):
                print(message)
        for language in LANGUAGES:
            path = ROOT / "docs" / language / f"{stem}.md"
            if not path.is_file():
                continue
            found = True
            try:
                for message in update_page(path):
                    print(message)
            except Refused as error:
                refused = True
                print(f"left as it is: {error}", file=sys.stderr)
        if not found:
            refused = True
            print(f"no page is called {stem}", file=sys.stderr)
    return int(refused)


def update_figures(stem: str, root: Path = ROOT) -> Iterator[str]:
    """Make a chapter's figures again; yield what changed."""
    functions = figures.functions(stem)
    for name, function in functions.items():
        path, new = figures.path(stem, name, root), figures.svg(function)
        old = path.read_bytes() if path.is_file() else None
        if old != new:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(new)
            verb = "made again" if old else "made"
            yield f"{shown(path)}: {verb}"


def update_page(path: Path) -> Iterator[str]:
    """Bring what a page shows in line with its code; yield what changed."""
    read = page.read(path)
    found = Reading.of(read)
    if found.faults:
        raise Refused(str(found.faults[0]))
    messages, source = [], read.source
    try:
        numbers = _numbers(found)
        outputs = _outputs(found)
    except Failed as error:
        raise Refused(f"{shown(path)}: {error}") from error
    for start, end, new in sorted(numbers, reverse=True):
        old = source[start:end]
        source = source[:start] + new + source[end:]
        messages.append(
            (line_of(read, start), f"{old.strip()} → {new.strip()}")
        )
    lines = source.splitlines(keepends=True)
    ending = "\r\n" if "\r\n" in source else "\n"
    for edit in sorted(outputs, key=lambda edit: edit.first, reverse=True):
        old = lines[edit.first - 1 : edit.last]
        lines[edit.first - 1 : edit.last] = [
            line + ending for line in edit.lines
        ]
        messages.append((edit.first, f"{_brief(old)} → {_brief(edit.lines)}"))
    new = "".join(lines)
    if new != read.source:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(new)
    for line, message in sorted(messages):
        yield f"{shown(path)}:{line}: {message}"


def _stems() -> list[str]:
    return sorted(
        {
            path.stem
            for language in LANGUAGES
            for path in (ROOT / "docs" / language).glob("*.md")
        }
    )


def _numbers(found: Reading) -> list[tuple[int, int, str]]:
    """Return the numbers that are stale: where they stand, and the new."""
    edits = []
    tied, _ = ties(found.page)
    for tie in tied:
        found.plain.run_before(tie.line)
        for literal, value in tie.pairs(_values(tie, found)):
            if not literal.shows(value):
                new = literal.rewritten(value)
                edits.append((literal.start, literal.end, new))
    return edits


def _values(tie: Tie, found: Reading) -> list[float]:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return tie.values(found.plain.namespace)
    except Exception as error:
        raise Refused(str(tie.check(found.plain.namespace))) from error


def _outputs(found: Reading) -> list[Edit]:
    """Return the edits that the outputs of a page's blocks need."""
    edits: list[Edit] = []
    for block in found.blocks:
        world = found.plain
        if block.marks.cuda:
            world = found.gpu if found.has_gpu else found.shim
        run = world.run(block)
        fault = unexpected(block, run)
        if fault:
            raise Refused(str(fault))
        edits += _output_edits(block, run)
    return edits


def _output_edits(block: Block, run: Run) -> Iterator[Edit]:
    lines = block.fence.lines
    if block.shown:
        wanted = in_fence(block, run)
        if not same_output(block.shown.text, wanted):
            yield Edit(
                block.shown.first + 1,
                block.shown.last - 1,
                _indented(wanted, block.shown.indent),
            )
        if not block.has_comments:
            return
    for part in run.parts:
        if same_output(shown_by(block, part), part.printed):
            continue
        numbers = [lines[n].number for n in part.comments]
        indent = block.fence.indent
        if part.comments:
            text = lines[part.comments[0]].text
            indent += text[: len(text) - len(text.lstrip())]
        printed = tidy(part.printed)
        new = [f"{indent}#> {line}".rstrip() for line in printed.split("\n")]
        if not printed:
            new = []
        if not numbers:
            after = lines[part.end - 1].number
            yield Edit(after + 1, after, new)
        elif numbers[-1] - numbers[0] + 1 == len(numbers):
            yield Edit(numbers[0], numbers[-1], new)
        else:  # in several places of a loop, say: keep the first
            yield Edit(numbers[0], numbers[0], new)
            for number in numbers[1:]:
                yield Edit(number, number, [])


def _indented(text: str, indent: str) -> list[str]:
    return [f"{indent}{line}".rstrip() for line in text.split("\n")]


def _brief(lines: list[str]) -> str:
    text = " ⏎ ".join(line.strip() for line in lines)
    return text if len(text) < 60 else text[:57] + "…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
