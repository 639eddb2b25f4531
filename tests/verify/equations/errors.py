"""What can go wrong with an equation."""

from __future__ import annotations


class EquationError(Exception):
    """A fault of an equation, at a character offset within its source."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


class Unreadable(EquationError):
    """The source lies outside the grammar, or could be read in two ways."""


class Undeclared(EquationError):
    """The source uses a name that nothing declares."""


class Meaningless(EquationError):
    """The source can be read, yet has no value: shapes, ranges, domains."""


class Undetermined(Meaningless):
    """A number was claimed for something that has no fixed value."""


class False_(EquationError):
    """A claim does not hold; `counterexample` says where."""

    def __init__(
        self, message: str, counterexample: str, position: int | None = None
    ) -> None:
        super().__init__(message, position)
        self.counterexample = counterexample


class Misfit(Meaningless):
    """Shapes that do not fit: a vector where a number has to stand."""


class Untied(EquationError):
    """A definition or update is tied to no code, or to code that differs."""
