"""What can go wrong with a formula."""

from __future__ import annotations


class EquationError(Exception):
    """A formula is refused, at a character offset within its source."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message, self.position = message, position


class Refuted(EquationError):
    """It is wrong: a counter-example is known, or its shapes do not fit."""
