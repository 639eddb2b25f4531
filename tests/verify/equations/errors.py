"""What can go wrong with a formula."""

from __future__ import annotations


class EquationError(Exception):
    """A fault of a formula, at a character offset within its source."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message, self.position = message, position


class Unreadable(EquationError):
    """The source lies outside the grammar, or could be read in two ways."""


class Undeclared(EquationError):
    """The source uses a name that nothing declares."""


class Meaningless(EquationError):
    """The source can be read, yet has no value or claims nothing."""


class OutOfRange(Meaningless):
    """An element that is not there; of a `sequence` from 0 on, its end."""

    def __init__(self, message: str, is_sequence: bool) -> None:
        super().__init__(message)
        self.is_sequence = is_sequence


class Misfit(EquationError):
    r"""What stands there has no value: a vector for a number, `\log_a`."""


class Untied(EquationError):
    """A definition or update is tied to no code, or to code that differs."""


class False_(EquationError):
    """A claim does not hold; `counterexample` says where."""

    def __init__(
        self, message: str, counterexample: str, position: int | None = None
    ) -> None:
        super().__init__(message, position)
        self.counterexample = counterexample
