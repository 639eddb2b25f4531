"""The record of the last run: what each program printed, when, with what.

Pages tie their numbers to it: `rosetta.record.w("jax")`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from rosetta.programs import PROGRAMS

PATH = Path(__file__).parent / "record.json"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COMMENT = re.compile(
    r'\s*(?:#(?!include)|//|/\*.*\*/\s*$|--|"""[^"]*"""\s*$|$)'
)


def read(path: Path = PATH) -> dict[str, dict[str, str]]:
    """Return the entries of the record, by the names of the programs."""
    if not path.is_file():
        return {}
    return json.loads(path.read_text("utf-8"))


def write(entries: dict[str, dict[str, str]], path: Path = PATH) -> None:
    """Write the record, in the order of the programs."""
    ordered = {name: entries[name] for name in PROGRAMS if name in entries}
    text = json.dumps(ordered, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")


def line_of(printed: str) -> tuple[float, float]:
    """Return the two numbers that a program printed, w and b."""
    w, b = printed.split()
    return float(w), float(b)


def distance_of(printed: str) -> float:
    """Return how far a printed line is from least squares, relative to it."""
    pairs = zip(line_of(printed), least_squares(x, y), strict=True)
    return max(abs(found - exact) / abs(exact) for found, exact in pairs)


def w(name: str) -> float:
    """Return the slope that a program found."""
    return line_of(read()[name]["printed"])[0]


def b(name: str) -> float:
    """Return the intercept that a program found."""
    return line_of(read()[name]["printed"])[1]


def distance(name: str) -> float:
    """Return how far a program's line was from least squares."""
    return distance_of(read()[name]["printed"])


def numbers(name: str) -> list[float]:
    """Return all numbers that a program printed."""
    return [float(n) for n in NUMBER.findall(read()[name]["printed"])]


def lines(name: str) -> int:
    """Return how many lines of code a program has: none empty, no comment."""
    text = PROGRAMS[name].path.read_text("utf-8")
    return sum(not COMMENT.match(line) for line in text.splitlines())
