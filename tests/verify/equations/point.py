"""Where formulas are tried: sizes, random numbers, and Hubble's data."""

from __future__ import annotations

import random
import re
from functools import cache

import torch

from verify.equations.errors import Meaningless, OutOfRange
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
}
# Where inequalities tend to only just hold.
CORNERS = {
    "real": [-1.0, 0.0, 1.0, 2.0],
    "positive": [0.5, 1.0, 2.0],
    "unit": [0.01, 0.5, 0.99],
    "step": [0.01, 0.5],
    "bit": [0.0, 1.0],
}


class Point:
    """Sizes, and values of undefined symbols, drawn when asked for.

    Every other pair of seeds draws real numbers that are 8 times smaller, so
    that both sides of a threshold are met. At `corners`, numbers are alike or
    mixed from CORNERS. With the data `given`, x, y and n are Hubble's.
    """

    def __init__(
        self, symbols: Symbols, seed: int = 0, *, corners=False, given=False
    ) -> None:
        self.symbols, self.seed, self.corners = symbols, seed, corners
        names = [each.key for each in symbols.values() if each.kind == "size"]
        self.sizes = dict(zip(names, SIZES[seed % 2] * 9, strict=False))
        self.given = data(symbols) if given else set()
        self.values = {k: hubble()[k] for k in self.given if k != "n"}
        if given:
            self.sizes["n"] = len(hubble()["x"])
        self.known: dict[str, list[range]] = {}
        self.is_low = False  # where an inequality holds the least

    def size(self, text: str) -> int:
        """Return a size such as p+K-1 as a number."""
        total = 0
        for sign, word in re.findall(r"([+-]?)([^+-]+)", text):
            if not word.isdigit() and word not in self.sizes:
                raise Meaningless(f"the size {word} is not declared")
            total += int(f"{sign}1") * int(self.sizes.get(word, word))
        return total

    def ranges(self, key: str) -> list[range]:
        """Return the indices of each dimension of a symbol."""
        if key not in self.known:
            self.known[key] = [
                range(self.size(low), self.size(high) + 1)
                for low, high in self.symbols[key].shape
            ]
        return self.known[key]

    def place(self, key: str, numbers: tuple[int, ...]) -> tuple[int, int]:
        """Return where an element stands in its tensor, counted from 0.

        Raises OutOfRange where there is none.
        """
        ranges, name = self.ranges(key), named(key)
        if len(ranges) != len(numbers):
            raise Meaningless(
                f"{name} takes {len(ranges)} indices, not {len(numbers)}"
            )
        for number, run in zip(numbers, ranges, strict=True):
            if number not in run:
                raise OutOfRange(
                    f"{name} has no element {number}: its indices run from "
                    f"{run.start} to {run.stop - 1}",
                    run.start == 0,
                )
        offsets = [n - r.start for n, r in zip(numbers, ranges, strict=True)]
        return (*offsets, 0)[:2]

    def drawn(self, key: str) -> Tensor:
        """Return an undefined symbol's value, drawn the first time."""
        if key not in self.values:
            sizes = list(map(len, self.ranges(key)))
            numbers = self._numbers(key, torch.Size(sizes).numel())
            values = torch.tensor(numbers, dtype=torch.float64)
            values = values.reshape([*sizes, 1] if len(sizes) == 1 else sizes)
            if self.symbols[key].kind == "identity":
                values = torch.eye(sizes[0], dtype=torch.float64)
            elif self.symbols[key].kind == "simplex":
                values /= values.sum(int(sizes[1:] > []), keepdim=True)
            self.values[key] = values
        return self.values[key]

    def _numbers(self, key: str, count: int) -> list[float]:
        """Return so many random numbers, all different where that works."""
        kind, rng = self.symbols[key].kind, random.Random(f"{self.seed} {key}")
        if kind in ("ones", "identity"):
            return [1.0] * count
        if kind == "simplex":
            return [rng.randint(1, 15) for _ in range(count)]
        if self.corners:
            choices = CORNERS[kind]
            alike = choices[self.seed : self.seed + 1]
            return rng.choices(alike or choices, k=count)
        choices = CHOICES[kind]
        is_many = kind == "bit" or count > len(choices)
        pick = rng.choices if is_many else rng.sample
        smaller = 8 if kind == "real" and self.seed % 4 > 1 else 1
        return [number / smaller for number in pick(choices, k=count)]


def data(symbols: Symbols) -> set[str]:
    """Return which symbols stand for the data: x, y and n, if so declared."""
    if "n" not in symbols or symbols["n"].kind != "size":
        return set()
    columns = {
        key
        for key in ("x", "y")
        if key in symbols and symbols[key].shape == (("1", "n"),)
    }
    return columns | {"n"}


@cache
def hubble() -> dict[str, Tensor]:
    """Return the columns of Hubble's data."""
    from data.hubble_1929 import x, y

    columns = torch.tensor([x, y], dtype=torch.float64)
    return {"x": columns[0].reshape(-1, 1), "y": columns[1].reshape(-1, 1)}


def named(key: str, place: tuple[int, ...] = ()) -> str:
    """Return how messages call a symbol or an element."""
    script = ",".join(map(str, place))
    script = script if len(script) < 2 else f"{{{script}}}"
    return key.removesuffix("_") + (f"_{script}" if script else "")
