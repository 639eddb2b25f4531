"""The blocks and numbers of pages as Sybil examples, one test item each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sybil import Document, Example, Region, Sybil

import page
from page import Fault
from verify.blocks import Block, blocks
from verify.checking import check
from verify.numbers import Tie, ties
from verify.running import Failed, World


@dataclass(frozen=True)
class Case:
    """What one test item checks; `check` returns what is wrong, if anything."""

    label: str
    check: Callable[[], Fault | str | None]
    cuda: bool = False


@dataclass
class Reading:
    """A page's blocks, and the worlds in which they run.

    Blocks that need a GPU run in a world of their own, together with all the
    others: so the plain ones give the same on every machine.
    """

    page: page.Page
    blocks: list[Block]
    faults: list[Fault]

    @classmethod
    def of(cls, read: page.Page) -> Reading:
        """Find the blocks of a page."""
        return cls(read, *blocks(read))

    @functools.cached_property
    def plain(self) -> World:
        """The page without its CUDA blocks."""
        return World([each for each in self.blocks if not each.marks.cuda])

    @functools.cached_property
    def gpu(self) -> World:
        """The whole page, on a GPU."""
        return World(self.blocks)

    @functools.cached_property
    def has_gpu(self) -> bool:
        """Whether this machine can run CUDA blocks; asked only for these."""
        import torch

        return torch.cuda.is_available()

    @functools.cached_property
    def shim(self) -> World:
        """The whole page, on a CPU that passes for a GPU."""
        from verify.cuda_on_cpu import cuda_on_cpu

        return World(self.blocks, cuda_on_cpu)


class Pages(Sybil):
    """A Sybil whose items are called by line and by what they check."""

    def identify(self, example: Example) -> str:
        """Return the last part of a test's id: line-34."""
        label = getattr(example.parsed, "label", "")
        return f"line-{example.line}{label}"


def parse_blocks(document: Document) -> Iterator[Region]:
    """Yield the page's Python blocks, and what is wrong with its fences."""
    found = reading(document)
    cases = [(fault.line, _fault_case(fault)) for fault in found.faults]
    for block in found.blocks:
        if not block.marks.cuda:
            case = Case("", functools.partial(_plain, found, block))
            cases.append((block.line, case))
            continue
        on_gpu = functools.partial(_on_gpu, found, block)
        cases.append((block.line, Case("", on_gpu, cuda=True)))
        on_cpu = functools.partial(_on_cpu, found, block)
        cases.append((block.line, Case(" (on the CPU)", on_cpu)))
    yield from _regions(document, cases)


def parse_numbers(document: Document) -> Iterator[Region]:
    """Yield the numbers in the page's sentences, and the untied ones."""
    found = reading(document)
    tied, faults = ties(found.page)
    cases = [(tie.line, _number_case(found, tie)) for tie in tied]
    cases += [(fault.line, _fault_case(fault)) for fault in faults]
    yield from _regions(document, cases)


def evaluate(example: Example) -> None:
    """Check a case; end the test with the sentence that says what is wrong."""
    __tracebackhide__ = True
    try:
        fault = example.parsed.check()
    except Failed as error:
        where = f"{page.shown(_path(example.document))}:{example.line}"
        fault = f"{where}: {error}"
    if fault:
        pytest.fail(str(fault), pytrace=False)


def is_cuda(example: Example) -> bool:
    """Whether an example needs a GPU."""
    return getattr(example.parsed, "cuda", False)


def reading(document: Document) -> Reading:
    """Return the reading of a document, the same one for all its parsers."""
    if not hasattr(document, "reading"):
        read = page.read(document.path)
        document.reading = Reading.of(read)
    return document.reading


def _regions(
    document: Document, cases: list[tuple[int, Case]]
) -> Iterator[Region]:
    # Regions are points, so that those of several parsers cannot overlap.
    # Sybil puts a later one before an earlier one at the same point.
    for line, case in reversed(cases):
        start = _offset(document, line)
        yield Region(start, start, case, evaluate)


def _fault_case(fault: Fault) -> Case:
    return Case(" (fault)", lambda: fault)


def _number_case(found: Reading, tie: Tie) -> Case:
    def check_number() -> Fault | None:
        found.plain.run_before(tie.line)
        return tie.check(found.plain.namespace)

    return Case(f" = {tie.expression}", check_number)


def _plain(found: Reading, block: Block) -> Fault | None:
    return check(block, found.plain.run(block))


def _on_gpu(found: Reading, block: Block) -> Fault | None:
    if not found.has_gpu:
        pytest.skip("needs CUDA")
    return check(block, found.gpu.run(block))


def _on_cpu(found: Reading, block: Block) -> Fault | None:
    if found.has_gpu:
        pytest.skip("the GPU runs it")
    return check(block, found.shim.run(block))


def _offset(document: Document, line: int) -> int:
    """Return the position at which a line begins."""
    lines = document.text.split("\n")
    return sum(len(text) + 1 for text in lines[: line - 1])


def _path(document: Document):
    return page.Path(document.path)
