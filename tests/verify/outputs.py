"""Whether what a page shows is what its code printed."""

from __future__ import annotations

import re

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?(?!\w)")
# A tie may round either way, and float64 keeps about 16 digits, of which a
# long sum in another order changes the last few.
NOISE = 1e-12
DIGITS = 12


def same_output(shown: str, printed: str) -> bool:
    """Compare two texts: equal, but for the noise in their numbers.

    Numbers are compared at the digits shown, and as many must be printed.
    """
    shown, printed = tidy(shown), tidy(printed)
    if shown == printed:
        return True
    if NUMBER.sub("#", shown) != NUMBER.sub("#", printed):
        return False
    pairs = zip(NUMBER.findall(shown), NUMBER.findall(printed), strict=True)
    return all(_same_number(a, b) for a, b in pairs)


def tidy(text: str) -> str:
    """Drop what cannot be seen: spaces at line ends, empty last lines."""
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


def too_long(text: str) -> str:
    """Return a number with more digits than can be relied on, or ''."""
    for number in NUMBER.findall(text):
        mantissa = re.sub(r"e.*|[-+.]", "", number).lstrip("0")
        if "." in number and len(mantissa) > DIGITS:
            return number
    return ""


def unit(number: str) -> float:
    """Return the value of a number's last digit: 0.01 for 3.14."""
    mantissa, _, exponent = number.partition("e")
    digits = len(mantissa.partition(".")[2])
    return 10.0 ** (int(exponent or 0) - digits)


def _same_number(shown: str, printed: str) -> bool:
    if shown == printed:
        return True
    if unit(shown) != unit(printed):
        return False
    return within(float(printed), float(shown), unit(shown))


def within(value: float, number: float, last: float) -> bool:
    """Whether a value rounds to a number whose last digit counts `last`."""
    return abs(value - number) <= last / 2 + NOISE * abs(value)
