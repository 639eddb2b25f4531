"""A page with its blocks and numbers, and the worlds in which they run."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from page import Fault, Page
from verify.blocks import Block, blocks
from verify.numbers import Tie, ties
from verify.running import Run, World


@dataclass
class Reading:
    """What a page says that can be checked.

    `broken` is what is wrong with its blocks, `untied` with its numbers.

    On a GPU, the blocks that need one run in a world of their own, together
    with all the others: so the plain ones give the same on every machine.
    """

    page: Page
    blocks: list[Block]
    ties: list[Tie]
    broken: list[Fault]
    untied: list[Fault]

    @classmethod
    def of(cls, page: Page) -> Reading:
        """Find the blocks and the numbers of a page."""
        code, broken = blocks(page)
        numbers, untied = ties(page)
        return cls(page, code, numbers, broken, untied)

    def run(self, block: Block) -> Run:
        """Run a block where it belongs: a CUDA block on a GPU, or the shim."""
        if not block.marks.cuda:
            return self.plain.run(block)
        if self.has_gpu:
            return self.gpu.run(block)
        from verify.cuda_on_cpu import cuda_on_cpu

        needed = [each for each in self.blocks if each.marks.cuda]
        needed = needed[: needed.index(block) + 1]
        return self.plain.aside(needed, cuda_on_cpu)

    def random(self, block: Block) -> Fault | None:
        """Return a fault where a block prints something else each time."""
        again = World(self.plain.blocks, seed=1)
        if block.marks.cuda or again.run(block).printed == (
            self.run(block).printed
        ):
            return None
        return block.fault(
            "this prints something else each time it runs",
            "Seed its random numbers, as in np.random.default_rng(0) or "
            "torch.manual_seed(0); print no times and no addresses.",
        )

    def namespaces(self, line: int) -> Iterator[dict]:
        """Yield the names there are at a line, then after later blocks."""
        yield self.plain.before(line)
        for block in self.plain.blocks:
            if block.line >= line:
                yield self.ahead.run(block).namespace

    @functools.cached_property
    def has_gpu(self) -> bool:
        """Whether this machine can run CUDA blocks; asked only for these."""
        import torch

        return torch.cuda.is_available()

    @functools.cached_property
    def plain(self) -> World:
        """The page without its CUDA blocks."""
        return World([each for each in self.blocks if not each.marks.cuda])

    @functools.cached_property
    def ahead(self) -> World:
        """The plain world once more, for names that come further down."""
        return World(self.plain.blocks)

    @functools.cached_property
    def gpu(self) -> World:
        """The whole page, on a GPU."""
        return World(self.blocks)
