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
    """A number in a text: `start` and `end` are its place.

    2 % is 0.02; `last` is what one of its last digit counts.
    """

    start: int
    end: int
    text: str
    match: re.Match
    value: float
    last: float

    def shows(self, value: float) -> bool:
        """Whether a value, rounded to the digits shown, is this number."""
        noise = NOISE * abs(value)
        return abs(value - self.value) <= self.last / 2 + noise

    def rewritten(self, value: float) -> str:
        """Return a value as this number is written."""
        part, power = self.match, ""
        digits, scaled = _digits(part), value / _scale(part)
        if part["times"]:
            text, _, exponent = f"{scaled:.{digits}e}".partition("e")
            scaled = float(text)
            power = f"{part['times']}{{{int(exponent)}}}"
        comma = "," if "," in part["whole"] else ""
        text = f"{scaled:{comma}.{digits}f}"
        if not re.search("[1-9]", text):
            text = text.lstrip("-")
        text = text.replace("-", part["sign"] or "-")
        return f"{text}{power}{part['unit'] or ''}"


def literals(text: str) -> list[Literal]:
    """Return the numbers in a text."""
    found = []
    for match in LITERAL.finditer(text):
        digits = match["whole"].replace(",", "")
        number = float(f"{digits}{match['fraction'] or '.0'}")
        unit = _scale(match) * 10.0 ** int(match["ten"] or match["one"] or 0)
        value = (-number if match["sign"] else number) * unit
        last = 10.0 ** -_digits(match) * unit
        found.append(Literal(*match.span(), match[0], match, value, last))
    return found


def _digits(match: re.Match) -> int:
    return len(match["fraction"] or ".") - 1


def _scale(match: re.Match) -> float:
    return UNITS.get((match["unit"] or "").strip("\\ "), 1.0)
