"""Where equations are tried: sizes, random numbers, and Hubble's data.

Scalars are tensors without dimensions, vectors are columns (n, 1) and
matrices (n, d), all float64. The numbers are multiples of 1/8 or so, which
float64 holds exactly and people read easily; 0, 1 and 2 are left out, since
too many wrong formulas hold there. Every other pair of seeds draws numbers
that are 8 times smaller, so that both sides of a threshold are met.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache

import torch

from verify.equations.errors import Meaningless, Undetermined
from verify.equations.symbols import Symbol, Symbols

# Two settings of all sizes: distinct and at least 2, so that a vector is not
# mistaken for a number, nor a row for a column. The first size, the number of
# samples, is larger than the next ones, so that a model does not fit them all.
SIZES = ((5, 3, 2, 4, 6, 7, 8), (4, 2, 3, 6, 5, 8, 7))
CHOICES = {
    "real": [k / 8 for k in range(-24, 25) if k not in (-16, -8, 0, 8, 16)],
    "positive": [k / 8 for k in range(2, 33) if k not in (8, 16)],
    "unit": [k / 32 for k in range(2, 31) if k != 16],
    "step": [k / 64 for k in range(3, 40) if k != 32],
    "bit": [0.0, 1.0],
}


@dataclass
class Point:
    """Values of sizes and of undefined symbols, drawn when asked for.

    A point with `given` values is one of the data: there, nothing is drawn.
    """

    symbols: Symbols
    sizes: dict[str, int]
    seed: int = 0
    given: dict[str, torch.Tensor] | None = None
    drawn: dict[str, torch.Tensor] = field(default_factory=dict)

    def size(self, text: str) -> int:
        """Return a size such as 'n' or 'p+K-1' as a number."""
        total = 0
        for sign, word in re.findall(r"([+-]?)([^+-]+)", text):
            if not word.isdigit() and word not in self.sizes:
                if self.given is not None:
                    raise Undetermined(f"the size {word} has no fixed value")
                raise Meaningless(f"the size {word} is not declared")
            number = int(word) if word.isdigit() else self.sizes[word]
            total += -number if sign == "-" else number
        return total

    def ranges(self, symbol: Symbol) -> list[range]:
        """Return the indices of each dimension of a symbol."""
        return [
            range(self.size(low), self.size(high) + 1)
            for low, high in symbol.shape
        ]

    def draw(self, key: str) -> torch.Tensor | None:
        """Return an undefined symbol's value; None where it is not given."""
        if self.given is not None:
            return self.given.get(key)
        if key not in self.drawn:
            symbol = self.symbols[key]
            shape = tuple(map(len, self.ranges(symbol)))
            self.drawn[key] = _random(symbol, shape, self.seed)
        return self.drawn[key]


def points(symbols: Symbols, seeds: range) -> list[Point]:
    """Return random points, for each setting of the sizes and each seed."""
    names = [each.key for each in symbols.values() if each.kind == "size"]
    settings = [
        {name: chosen[n % len(chosen)] for n, name in enumerate(names)}
        for chosen in SIZES
    ]
    return [
        Point(symbols, settings[n % len(settings)], seed)
        for n, seed in enumerate(seeds)
    ]


def data_point(symbols: Symbols) -> Point:
    """Return the point at which x, y and n are Hubble's."""
    given, count = _hubble()
    vectors = {
        key: value
        for key, value in given.items()
        if key in symbols and symbols[key].shape == (("1", "n"),)
    }
    sizes = {"n": count} if symbols.get("n", _NONE).kind == "size" else {}
    return Point(symbols, sizes, given=vectors)


_NONE = Symbol("", "")


@cache
def _hubble() -> tuple[dict[str, torch.Tensor], int]:
    from data.hubble_1929 import x, y

    columns = {
        name: torch.tensor(values, dtype=torch.float64).reshape(-1, 1)
        for name, values in (("x", x), ("y", y))
    }
    return columns, len(x)


def _random(symbol: Symbol, shape: tuple, seed: int) -> torch.Tensor:
    rng = random.Random(f"{seed} {symbol.key}")
    scale = 1 / 8 if seed % 4 > 1 else 1
    count = torch.Size(shape).numel()
    if symbol.kind == "identity":
        return torch.eye(*(shape * 2)[:2], dtype=torch.float64)
    if symbol.kind == "ones":
        numbers = [1.0] * count
    elif symbol.kind == "simplex":
        weights = [rng.randint(1, 15) for _ in range(count)]
        numbers = [weight / sum(weights) for weight in weights]
    else:
        choices = CHOICES[symbol.kind]
        if count <= len(choices) and symbol.kind != "bit":
            numbers = rng.sample(choices, count)
        else:
            numbers = rng.choices(choices, k=count)
        if symbol.kind == "real":
            numbers = [number * scale for number in numbers]
    shape = (*shape, 1) if len(shape) == 1 else shape
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape)
