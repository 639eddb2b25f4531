"""The blocks and numbers of pages as Sybil's examples: a test item each."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sybil import Document, Example, Region, Sybil

import page
from page import Fault
from verify.blocks import Block
from verify.checking import check
from verify.numbers import Tie
from verify.reading import Reading


@dataclass(frozen=True)
class Case:
    """What one test item checks; `check` returns what is wrong, if anything.

    `label` follows the line in the item's name, and `kind` is what the report
    of a run counts it as.
    """

    line: int
    label: str
    check: Callable[[], Fault | None]
    kind: str = "test"


class PageDocument(Document):
    """A page as Sybil knows it, read once for all its parsers."""

    @functools.cached_property
    def reading(self) -> Reading:
        """What the page's parsers share."""
        return Reading.of(page.read(self.path))

    def examples(self) -> Iterator[Example]:
        """Yield the examples, each with its column.

        Sybil counts it from the beginning of the page where two examples
        stand in one line.
        """
        for example in super().examples():
            line_start = self.text.rfind("\n", 0, example.start)
            example.column = example.start - line_start
            yield example


class Pages(Sybil):
    """A Sybil whose items are called by line and by what they check."""

    def identify(self, example: Example) -> str:
        """Return the last part of a test's id: line-34."""
        label = getattr(example.parsed, "label", "")
        return f"line-{example.line}{label}"


def parse(document: PageDocument) -> Iterator[Region]:
    """Yield the page's blocks, its tied numbers and its faults."""
    cases = sorted(_cases(document.reading), key=lambda case: case.line)
    starts = [0]
    for line in document.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    # A region is a point, so that those of another parser cannot overlap it.
    # Of two at one point, Sybil puts the one that comes later first.
    for case in reversed(cases):
        start = starts[case.line - 1]
        yield Region(start, start, case, evaluate)


def evaluate(example: Example) -> None:
    """Check a case; end the test with the sentence that says what is wrong."""
    __tracebackhide__ = True
    try:
        fault = example.parsed.check()
    except Fault as error:
        fault = error
    if fault:
        pytest.fail(str(fault), pytrace=False)


def _cases(reading: Reading) -> Iterator[Case]:
    for fault in [*reading.broken, *reading.untied]:
        yield Case(fault.line, " (fault)", functools.partial(_same, fault))
    for block in reading.blocks:
        run = functools.partial(_block, reading, block)
        if block.marks.cuda:
            on_gpu = functools.partial(_with_gpu, reading, True, run)
            yield Case(block.line, "", on_gpu, "cuda")
            on_cpu = functools.partial(_with_gpu, reading, False, run)
            yield Case(block.line, " (on the CPU)", on_cpu, "shim")
        else:
            yield Case(block.line, "", run, "code")
    seen = Counter()
    for tie in reading.ties:
        number = functools.partial(_number, reading, tie)
        label = f" = {tie.expression}"
        seen[tie.line, label] += 1
        if (nth := seen[tie.line, label]) > 1:
            label += f" (no. {nth})"  # no two items have one name
        yield Case(tie.line, label, number, "number")


def _same(fault: Fault) -> Fault:
    return fault


def _block(reading: Reading, block: Block) -> Fault | None:
    fault = check(block, reading.run(block))
    return fault and (reading.random(block) or fault)


def _number(reading: Reading, tie: Tie) -> Fault | None:
    return tie.check(reading.namespaces(tie.line))


def _with_gpu(reading: Reading, wanted: bool, run: Callable) -> Fault | None:
    if reading.has_gpu == wanted:
        return run()
    pytest.skip("needs CUDA" if wanted else "the GPU runs it")
