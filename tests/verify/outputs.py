"""Whether what a page shows is what its code printed."""

from __future__ import annotations

import re

DECIMAL = re.compile(r"(?<![\w.])[-+]?\d+\.\d*(?:e[-+]?\d+)?(?!\w)")
NEGATIVE_ZERO = re.compile(r"(?<![\w.])-(?=0\.?0*(?:e[-+]?\d+)?(?![\w.]))")
# float64 keeps about 16 digits, of which a sum in another order changes some.
DIGITS = 12


def same_output(shown: str, printed: str) -> bool:
    """Compare two texts: equal in all that can be seen.

    Pages print rounded, so numbers that agree at the digits shown are equal
    texts; only a rounded zero may carry either sign.
    """
    return _comparable(shown) == _comparable(printed)


def tidy(text: str) -> str:
    """Drop what cannot be seen: spaces at line ends, empty last lines."""
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


def too_long(text: str) -> str:
    """Return a number with more digits than can be relied on, or ''."""
    for number in DECIMAL.findall(text):
        mantissa = re.sub(r"e.*|[-+.]", "", number).lstrip("0")
        if len(mantissa) > DIGITS:
            return number
    return ""


def _comparable(text: str) -> str:
    return NEGATIVE_ZERO.sub("", tidy(text))
