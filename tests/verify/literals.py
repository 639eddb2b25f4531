"""Numbers as pages write them: 24,863.38 · −40.8 · 3.2 % · 1.2 × 10^{-5}."""

from __future__ import annotations

import re
from dataclasses import dataclass

LITERAL = re.compile(
    r"""
    (?<![A-Za-z0-9_.])
    (?P<sign>(?<![A-Za-z0-9_)\]}])[-−])?
    (?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+|(?=\.\d))
    (?P<fraction>\.\d+)?
    (?:(?P<times>\s*\\(?:times|cdot)\s*10\^)(?:\{(?P<ten>[-+]?\d+)\}|(?P<one>\d)))?
    (?!\d)(?!\.\d)
    (?P<unit>\s?(?:\\?%|万|亿))?
    """,
    re.VERBOSE,
)
# A tie may round either way, and float64 keeps about 16 digits, of which a
# sum in another order changes the last few.
NOISE = 1e-12
UNITS = {"%": 1e-2, "万": 1e4, "亿": 1e8}


@dataclass(frozen=True)
class Literal:
    """A number in a text: `start` and `end` are its place."""

    start: int
    end: int
    text: str
    match: re.Match

    @property
    def is_decimal(self) -> bool:
        """Whether it has a decimal point."""
        return self.match["fraction"] is not None

    @property
    def value(self) -> float:
        """The number itself: 2 % is 0.02."""
        digits = self.match["whole"].replace(",", "")
        number = float(digits + (self.match["fraction"] or ".0"))
        power = 10.0 ** int(self.match["ten"] or self.match["one"] or 0)
        sign = -1 if self.match["sign"] else 1
        return sign * number * power * self._scale

    @property
    def last(self) -> float:
        """What one of its last digit counts."""
        power = int(self.match["ten"] or self.match["one"] or 0)
        return 10.0 ** (power - self._digits) * self._scale

    def shows(self, value: float) -> bool:
        """Whether a value, rounded to the digits shown, is this number."""
        noise = NOISE * abs(value)
        return abs(value - self.value) <= self.last / 2 + noise

    def rewritten(self, value: float) -> str:
        """Return a value as this number is written."""
        part, power = self.match, ""
        scaled = value / self._scale
        if part["times"]:
            text, _, exponent = f"{scaled:.{self._digits}e}".partition("e")
            scaled = float(text)
            power = f"{part['times']}{{{int(exponent)}}}"
        comma = "," if "," in part["whole"] else ""
        text = f"{scaled:{comma}.{self._digits}f}"
        if not re.search("[1-9]", text):
            text = text.lstrip("-")
        text = text.replace("-", part["sign"] or "-")
        return f"{text}{power}{part['unit'] or ''}"

    @property
    def _digits(self) -> int:
        return len(self.match["fraction"] or ".") - 1

    @property
    def _scale(self) -> float:
        return UNITS.get((self.match["unit"] or "").strip("\\ "), 1.0)


def literals(text: str) -> list[Literal]:
    """Return the numbers in a text."""
    return [
        Literal(match.start(), match.end(), match[0], match)
        for match in LITERAL.finditer(text)
    ]
