"""The blocks and numbers of pages as Sybil's examples: a test item each."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sybil import Document, Example, Region, Sybil

import page
from page import Fault
from verify import prose
from verify.faults import expect_none
from verify.reading import Item, Reading


@dataclass(frozen=True)
class Case:
    """What one test item checks; `check` returns what is wrong, if anything.

    `label` follows the line in the item's name, and `kind` is what the report
    of a run counts it as; what it says of a part of the page, its blocks or
    its formulas, earns a mark there.
    """

    line: int
    label: str
    check: Callable[[], Fault | None]
    kind: str = "test"
    part: str = ""


class PageDocument(Document):
    """A page as Sybil knows it, read once for all its parsers."""

    @functools.cached_property
    def reading(self) -> Reading:
        """What the page's parsers share."""
        return Reading.of(page.read(self.path))


class Pages(Sybil):
    """A Sybil whose items are called by line and by what they check."""

    def identify(self, example: Example) -> str:
        """Return the last part of a test's id: line-34."""
        return f"line-{example.parsed.line}{example.parsed.label}"


def parse(document: PageDocument) -> Iterator[Region]:
    """Yield the page's blocks, its tied numbers and its faults."""
    return regions(document, _cases(document.reading))


def regions(document: PageDocument, cases: Iterable[Case]) -> Iterator[Region]:
    """Yield where cases stand in a page; numbers come at its end.

    So one that needs a block further down, which fails, is told with it.
    """
    starts, end = prose.starts(document.text), len(document.text)
    ordered = sorted(cases, key=lambda case: case.line)
    # A region is a point, so that those of another parser cannot overlap it.
    # Of two at one point, Sybil puts the one that comes later first.
    for case in reversed(ordered):
        start = end if case.kind == "number" else starts[case.line - 1]
        yield Region(start, start, case, evaluate)


def evaluate(example: Example) -> None:
    """Check a case; fail with what is wrong."""
    expect_none(check() for check in [example.parsed.check])


def _cases(reading: Reading) -> Iterator[Case]:
    def check(item: Item, on_gpu: bool = False) -> Callable[[], Fault | None]:
        return lambda: next(
            (edit.fault for edit in reading.edits(item, on_gpu)), None
        )

    for fault in [*reading.broken, *reading.untied]:
        if not any(block.holds(fault) for block in reading.blocks):
            yield Case(fault.line, " (fault)", lambda fault=fault: fault)
    for block in reading.blocks:
        if block.cuda:
            gpu, cpu = check(block, on_gpu=True), check(block)
            yield Case(block.line, "", gpu, "cuda", "blocks")
            yield Case(block.line, " (on the CPU)", cpu, "shim", "blocks")
        else:
            yield Case(block.line, "", check(block), "code", "blocks")
    seen = Counter()
    for tie in reading.ties:
        label = f" = {tie.expression}"
        seen[tie.line, label] += 1
        if (nth := seen[tie.line, label]) > 1:
            label += f" (no. {nth})"  # no two items have one name
        yield Case(tie.line, label, check(tie), "number")
