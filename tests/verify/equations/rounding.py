r"""Rounded numbers: what `\approx` allows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verify.equations import tree as t

if TYPE_CHECKING:
    from verify.equations.values import Environment, Values


def half_unit(node: t.Node) -> float | None:
    """Return half a unit of the last digit of a printed number.

    None for what is not one number: '0.9835', '-373.125', '1.5 * 10^3'.
    """
    match node:
        case t.Num(text):
            return _half_unit(text)
        case t.Neg(body):
            return half_unit(body)
        case t.Mul(t.Num(text), t.Pow(t.Num("10"), exponent)):
            digits = "".join(
                n.text for n in t.walk(exponent) if isinstance(n, t.Num)
            )
            sign = -1 if isinstance(exponent, t.Neg) else 1
            return _half_unit(text) * 10.0 ** (sign * int(digits))
    return None


def rounding(node: t.Node, values: Values, env: Environment) -> float:
    """Return how far rounded numbers within an expression may shift it.

    A decimal of three digits or more, such as 454.158, counts as rounded;
    0.5 is taken as it stands.
    """
    exact = values.value(node, env)
    total = 0.0
    for each in t.walk(node):
        if not isinstance(each, t.Num) or not _is_rounded(each.text):
            continue

        def shifted(other: t.Node, each: t.Num = each) -> t.Node | None:
            if isinstance(other, t.Num) and other.span == each.span:
                step = t.Num(repr(_half_unit(each.text)))
                return t.Add(replace_percent(each), step)
            return None

        moved = values.value(t.rebuild(node, shifted), env)
        total += abs(float((moved - exact).abs().max()))
    return total


def replace_percent(number: t.Num) -> t.Num:
    """Return a number without a percent sign."""
    if not number.text.endswith("%"):
        return number
    return t.Num(repr(float(number.text[:-1]) / 100))


def _is_rounded(text: str) -> bool:
    digits = re.sub(r"\D", "", text).lstrip("0")
    return "." in text and len(digits) >= 3


def _half_unit(text: str) -> float:
    plain = text.rstrip("%")
    decimals = len(plain.partition(".")[2])
    unit = 10.0**-decimals
    return unit / 2 / (100 if text.endswith("%") else 1)
