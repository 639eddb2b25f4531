"""A page, its blocks and its numbers, and what becomes of them in a run."""

from __future__ import annotations

import functools
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import ModuleType

import pytest

import page
from page import Fault, Page
from verify.blocks import Block, blocks
from verify.compare import Edit, mishap, outputs, too_long
from verify.interpreter import new_interpreter, undone
from verify.numbers import Tie, ties
from verify.project import data_folder
from verify.running import Run, execute

Item = Block | Tie
# Something was not run: it needs a GPU, or what failed before it.
NotRun = pytest.skip.Exception
RIGHT: set[str] = set()  # what pages said that have run and are right


@dataclass
class Reading:
    """What a page says that can be checked.

    `broken` is what is wrong with its blocks, `untied` with its numbers, and
    `told` what was raised: what follows from it is not. `right` are items.
    """

    page: Page
    blocks: list[Block]
    ties: list[Tie]
    broken: list[Fault]
    untied: list[Fault]
    told: set[Fault] = field(default_factory=set)
    right: set[Item] = field(default_factory=set)

    @classmethod
    def of(cls, page: Page) -> Reading:
        """Find the blocks and the numbers of a page."""
        code, broken = blocks(page)
        numbers, untied = ties(page)
        return cls(page, code, numbers, broken, untied)

    def edits(self, item: Item, on_gpu: bool = False) -> list[Edit]:
        """Return what the page would have to say for an item to be right.

        Raises Fault where no edit would help, and NotRun where an item before
        it has failed and is told, or where there is no GPU. What a page says
        that is right in the other language does not run again.
        """
        if self.said in RIGHT and not on_gpu:
            return []
        found, long = self.result(item, on_gpu), ""
        edits = found
        if isinstance(found, Run):
            edits, long = [*outputs(item, found)], too_long(found.printed)
        if not (edits or long or on_gpu):
            self.right.add(item)
        if len(self.right) == len(self.blocks) + len(self.ties):
            RIGHT.add(self.said)
        if isinstance(item, Tie):
            return edits
        if (edits or long) and self.is_random(item):
            raise item.fault(
                "this prints something else each time it runs",
                "Seed its random numbers, as in np.random.default_rng(0) or "
                "torch.manual_seed(0); print no times and no addresses.",
            )
        if long:
            raise item.fault(
                f"this block prints {long}, whose last digits differ from one "
                "machine to the next",
                "Round it where it is printed, as in print(f'{w:.3f}').",
            )
        return edits

    def result(self, item: Item, on_gpu: bool = False) -> Run | list[Edit]:
        """Return what a block does, or what a number would have to be."""
        if on_gpu and not self.has_gpu:
            raise NotRun("needs CUDA")
        through = self.on_gpu if on_gpu else self.on_cpu
        found = through.results.get(item, through.fault)
        if not isinstance(found, Fault):
            return found
        if found in self.told and item not in through.results:
            raise NotRun(
                f"{page.shown(self.page.path)}: not run, since the block at "
                f"line {through.last.line} fails"
            )
        self.told.add(found)
        raise found

    @functools.cached_property
    def said(self) -> str:
        """What is checked, in whatever order a sentence has its numbers."""
        code = [(each.classes, each.text) for each in self.page.fences]
        starts = [fence.first for fence in self.page.fences]
        numbers = sorted(
            (bisect(starts, tie.line), tie.expression, each.value, each.last)
            for tie in self.ties
            for each in tie.literals
        )
        return repr((page.root(self.page.path), self.broken, code, numbers))

    def is_random(self, block: Block) -> bool:
        """Whether a block prints something else each time."""
        again = self.again.results.get(block)
        first = self.result(block).printed
        return not block.cuda and getattr(again, "printed", None) != first

    @functools.cached_property
    def again(self) -> Through:
        """Its blocks run once more; asked only where an output is wrong."""
        return Through(self, self.blocks)

    @functools.cached_property
    def has_gpu(self) -> bool:
        """Whether this machine can run CUDA blocks; asked only for these."""
        import torch

        return torch.cuda.is_available()

    @functools.cached_property
    def on_cpu(self) -> Through:
        """The page run once, the same on every machine."""
        return Through(self, [*self.blocks, *self.ties])

    @functools.cached_property
    def on_gpu(self) -> Through:
        """The page run once more, with a GPU."""
        return Through(self, self.blocks, on_gpu=True)


class Through:
    """One run through a page, from the top, until a block fails.

    `results` holds what each block did and the edits of each number, or a
    fault; `fault` is that of the `last` block.
    """

    def __init__(
        self, reading: Reading, items: Iterable[Item], on_gpu: bool = False
    ) -> None:
        path, main = reading.page.path, ModuleType("__main__")
        self.namespace = vars(main)
        self.results: dict[Item, Run | list[Edit] | Fault] = {}
        self.fault: Fault | None = None
        self.on_gpu = on_gpu
        self.made: dict = {}  # by CUDA blocks aside
        with new_interpreter(main, data_folder(page.root(path))):
            self._go(sorted(items, key=lambda each: each.line), reading.broken)

    def _go(self, items: list[Item], broken: list[Fault]) -> None:
        waiting: list[Tie] = []  # for names that come further down
        for item in items:
            if isinstance(item, Tie):
                waiting.append(item)
            else:
                self.last = item
                self.fault = next(filter(item.holds, broken), None)
                run = None if self.fault else self._run(item)
                self.fault = self.fault or mishap(item, run)
                self.results[item] = self.fault or run
            if self.fault:
                for tie in waiting:  # its names may come in what is not run
                    self.results.pop(tie, None)
                return
            waiting = [tie for tie in waiting if not self._evaluate(tie)]

    def _run(self, block: Block) -> Run:
        if not block.cuda or self.on_gpu:
            return execute(block, self.namespace)
        from verify.cuda_on_cpu import cuda_on_cpu

        # It knows what those before it made, and nothing of it stays.
        known = self.namespace
        names = {**known, **self.made}
        with undone(), cuda_on_cpu():
            run = execute(block, names)
        self.made = {k: v for k, v in names.items() if known.get(k) is not v}
        return run

    def _evaluate(self, tie: Tie) -> bool:
        """Evaluate a number's expression; say whether its names are there."""
        try:
            with undone():
                self.results[tie] = tie.edits(self.namespace)
        except Fault as fault:
            self.results[tie] = fault
            return not isinstance(fault.__cause__, NameError)
        return True
