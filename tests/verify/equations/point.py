"""Where formulas are tried: sizes and random numbers."""

from __future__ import annotations

import operator
import random

import torch

from verify.equations.errors import EquationError
from verify.equations.symbols import Symbols

Tensor = torch.Tensor
# Two settings of the sizes: distinct and at least 2, so that no vector passes
# for a number and no row for a column. The first size, that of the samples,
# exceeds the next ones, so that a model does not fit them all.
SIZES = ((5, 3, 2, 4, 6, 7, 8, 9, 10), (4, 2, 3, 6, 5, 8, 7, 10, 9))
# Float64 holds these exactly. Too many wrong formulas hold at 0, 1 and 2.
CHOICES = {
    "real": [k / 8 for k in range(-24, 25) if k % 8],
    "positive": [k / 8 for k in range(2, 33) if k % 8],
    "unit": [k / 32 for k in range(2, 31) if k != 16],
    "step": [k / 64 for k in range(3, 40) if k != 32],
    "bit": [0.0, 1.0],
    "simplex": range(1, 16),  # each row is divided by its sum
    "ones": [1.0],
    "identity": [1.0],
}
# Seeds at which each symbol has one of these values throughout: what is only
# just true is so where all is alike.
ROUND = range(24, 48)
ROUND_CHOICES = {
    "real": [-30, -1, 0, 1, 2, 30],
    "positive": [1, 2, 30],
    "unit": [1 / 64, 1 / 2, 63 / 64],
    "simplex": [1],
}


class Point:
    """Sizes, and values of undefined symbols, drawn when asked for.

    Every other pair of seeds draws real numbers that are 8 times smaller, so
    that both sides of a threshold are met.
    """

    def __init__(self, symbols: Symbols, seed: int = 0) -> None:
        self.symbols, self.seed = symbols, seed
        names = [each.key for each in symbols.values() if each.kind == "size"]
        self.sizes = dict(zip(names, SIZES[seed % 2] * 9, strict=False))
        self.values: dict[str, Tensor] = {}
        self.known: dict[str, list[range]] = {}

    def size(self, text: str) -> int:
        """Return a size such as p+K-1 as a number."""
        try:
            return operator.index(eval(text, {}, self.sizes))
        except (NameError, SyntaxError, TypeError):
            raise EquationError(f"the size {text} is not declared") from None

    def ranges(self, key: str) -> list[range]:
        """Return the indices of each dimension of a symbol."""
        if key not in self.known:
            self.known[key] = [
                range(self.size(low), self.size(high) + 1)
                for low, high in self.symbols[key].shape
            ]
        return self.known[key]

    def drawn(self, key: str) -> Tensor:
        """Return an undefined symbol's value, drawn the first time."""
        if key not in self.values:
            self.values[key] = self._draw(key)
        return self.values[key]

    def _draw(self, key: str) -> Tensor:
        """Return random numbers, all different where that works."""
        kind, rng = self.symbols[key].kind, random.Random(f"{self.seed} {key}")
        sizes = [len(run) for run in self.ranges(key)]
        count, choices = torch.Size(sizes).numel(), CHOICES[kind]
        if self.seed in ROUND and kind in ROUND_CHOICES:
            choices = [rng.choice(ROUND_CHOICES[kind])]
        is_many = kind == "bit" or count > len(choices)
        pick = rng.choices if is_many else rng.sample
        values = torch.tensor(pick(choices, k=count), dtype=torch.float64)
        values = values.reshape([*sizes, 1] if len(sizes) == 1 else sizes)
        if kind == "simplex":
            return values / values.sum(int(len(sizes) > 1), keepdim=True)
        if kind == "identity":
            return torch.diag(values[0])
        is_small = choices is CHOICES["real"] and self.seed % 4 > 1
        return values / 8 if is_small else values


def named(key: str) -> str:
    """Return how messages call a symbol."""
    return key.removesuffix("_")
