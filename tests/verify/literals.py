"""Numbers as pages write them: 24,863.38 · −40.8 · 2.1 万 · 1.2 × 10⁻⁵."""

from __future__ import annotations

import re
from dataclasses import dataclass

THOUSANDS = r"(?:,|\{,\}|\\,)"
LITERAL = re.compile(
    rf"""
    (?<![A-Za-z0-9_.])
    (?P<sign>(?<![A-Za-z0-9_)\]}}])[-−])?
    (?P<whole>\d{{1,3}}(?:{THOUSANDS}\d{{3}})+(?!\d)|\d+)
    (?P<fraction>\.\d+)?
    (?:
        e(?P<e>[-+−]?\d+)
        | (?P<times>\s*\\(?:times|cdot)\s*10\^)
          (?:\{{(?P<ten>[-+]?\d+)\}}|(?P<one>\d))
    )?
    (?![A-Za-z0-9])(?!\.\d)
    (?P<unit>\s?(?:\\?%|万|亿))?
    """,
    re.VERBOSE,
)
# A tie may round either way, and float64 keeps about 16 digits, of which a
# sum in another order changes the last few.
NOISE = 1e-12
UNITS = {"": 1.0, "%": 1e-2, "万": 1e4, "亿": 1e8}


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
        """The number itself, its unit applied: 2 % is 0.02."""
        return self._mantissa * 10.0**self._exponent * self._unit

    @property
    def last(self) -> float:
        """What one of its last digit counts."""
        return 10.0 ** (self._exponent - self._digits) * self._unit

    def shows(self, value: float) -> bool:
        """Whether a value, rounded to the digits shown, is this number."""
        noise = NOISE * abs(value)
        return abs(value - self.value) <= self.last / 2 + noise

    def rewritten(self, value: float) -> str:
        """Return a value as this number is written."""
        scaled, part = value / self._unit, self.match
        exponent = part["e"] or part["ten"] or part["one"]
        if exponent:
            mantissa, _, power = f"{scaled:.{self._digits}e}".partition("e")
            text = f"{float(mantissa):.{self._digits}f}"
            plain = str(int(power))
            if part["e"]:
                plain = re.sub(
                    r"\d+$", lambda m: m[0].zfill(_width(part)), plain
                )
                tail = f"e{plain}"
            else:
                tail = f"{part['times']}{{{plain}}}"
        else:
            text, tail = f"{scaled:.{self._digits}f}", ""
        sign, text = ("-", text[1:]) if text[0] == "-" else ("", text)
        if float(text) == 0:
            sign = ""
        whole, point, fraction = text.partition(".")
        separator = re.search(THOUSANDS, part["whole"])
        if separator:
            groups = f"{int(whole):,}".split(",")
            whole = separator[0].join(groups)
        if sign and part["sign"]:
            sign = part["sign"]
        return f"{sign}{whole}{point}{fraction}{tail}{part['unit'] or ''}"

    @property
    def _digits(self) -> int:
        return len(self.match["fraction"] or ".") - 1

    @property
    def _exponent(self) -> int:
        part = self.match
        text = part["e"] or part["ten"] or part["one"] or "0"
        return int(text.replace("−", "-"))

    @property
    def _mantissa(self) -> float:
        part = self.match
        digits = re.sub(THOUSANDS, "", part["whole"])
        number = float(digits + (part["fraction"] or ""))
        return -number if part["sign"] else number

    @property
    def _unit(self) -> float:
        return UNITS[(self.match["unit"] or "").strip().lstrip("\\")]


def literals(
    text: str, start: int = 0, end: int | None = None
) -> list[Literal]:
    """Return the numbers in a stretch of text."""
    end = len(text) if end is None else end
    return [
        Literal(match.start(), match.end(), match[0], match)
        for match in LITERAL.finditer(text, start, end)
    ]


def _width(part: re.Match) -> int:
    return len(part["e"].lstrip("-+−"))
