"""Formulas against the functions of snippets that they are tied to.

A function gets lists as arrays, which plain Python and NumPy work on, or as
tensors, where it wants those.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import torch

from verify.equations.directives import Tie
from verify.equations.errors import EquationError
from verify.equations.formula import Chain, Node, last
from verify.equations.operations import (
    Tensor,
    as_leaf,
    close,
    gradient,
    shape,
    shown,
)
from verify.equations.reader import parse
from verify.equations.scope import Scope
from verify.equations.value import Values

# A central difference is off by h² and by 1e-16 / h: best near 1e-5.
STEP, NUDGED = 1e-5, 1e-6
# Arguments of these operations are counts, where all they hold are counts.
COUNTS = {"index", "size", "num", "add", "sub"}


def check_ties(
    ties: tuple[Tie, ...], chains: list[Chain], scope: Scope
) -> None:
    """Check each tie against the only chain of a formula.

    Raises EquationError where they differ.
    """
    if ties and len(chains) > 1:
        raise EquationError(
            f"to which of the {len(chains)} equations this tie belongs is not "
            "clear: write each in a display of its own"
        )
    for tie in ties:
        check = _autograd if tie.by else _code
        for values, wanted, given in _trials(tie, last(chains[0]), scope):
            check(tie, values, wanted, given)


def _code(tie: Tie, values: Values, wanted: Tensor, given: list) -> None:
    """Check that a function returns what a formula gives."""
    try:
        got = _call(tie, list(map(_plain, given)), values)
    except EquationError:
        got = _call(tie, given, values)
    _same(f"{tie.label} returns", got, wanted, values)


def _autograd(tie: Tie, values: Values, wanted: Tensor, given: list) -> None:
    """Check a gradient against torch.autograd and central differences."""
    if tie.by not in tie.arguments:
        raise EquationError(f"{tie.by!r} is no argument of {tie.label}")
    place = tie.arguments.index(tie.by)

    def loss(moved: Tensor) -> Tensor:
        return _call(tie, [*given[:place], moved, *given[place + 1 :]], values)

    leaf, who = as_leaf(given[place]), f"the slope of {tie.label} by {tie.by}"
    try:
        _same(f"{who} is", gradient(loss(leaf), leaf), wanted, values)
        torch.autograd.gradcheck(loss, leaf, eps=STEP, atol=NUDGED)
    except RuntimeError as error:  # of torch
        raise EquationError(f"{who} is none: {error}") from None


def _trials(
    tie: Tie, target: Node, scope: Scope
) -> Iterator[tuple[Values, Tensor, list]]:
    """Yield what a formula gives at several points, and the arguments."""
    picks = [pick for pick in tie.picks if not pick.isdigit()]
    latex = [*tie.arguments, *picks]
    try:
        nodes = [parse(each, scope.symbols)[0][0] for each in latex]
    except EquationError as error:
        said = f"an argument of {tie.label} cannot be read: {error.message}"
        raise EquationError(said) from None
    arguments, done = nodes[: len(tie.arguments)], False
    for values in scope.places([target, *nodes]):
        wanted = values.of(target).detach()
        if wanted.isfinite().all():
            done = True
            yield values, wanted, [_argument(values, n) for n in arguments]
    if not done:
        raise EquationError("the formula has no value at any point tried")


def _argument(values: Values, node: Node) -> Tensor | int:
    """Return the value of an argument; counts and indices are integers."""
    value, symbols = values.of(node).detach(), values.symbols
    kinds = {
        symbols[each.args[0]].kind if each.op == "name" else each.op
        for each in node
    }
    is_count = kinds <= COUNTS and float(value).is_integer()
    return int(value) if is_count else value.squeeze(-1)


def _plain(value: Tensor | int) -> Any:
    """Return an array, or a number of Python."""
    if isinstance(value, int):
        return value
    return value.numpy().copy() if value.ndim else float(value)


def _call(tie: Tie, given: list, values: Values) -> Tensor:
    """Return what a function gives; raise EquationError where it fails.

    An index counts from 0 in Python.
    """
    try:
        module = importlib.import_module(tie.module)
        result = getattr(module, tie.function)(*given)
        for pick in tie.picks:
            if pick.isdigit():
                result = result[int(pick)]
            else:
                first = values.point.ranges(pick)[0].start
                result = result[values.outer[pick] - first]
        return _stacked(result)
    except Exception as error:
        said = f"{tie.label} fails: {type(error).__name__}: {error}"
        raise EquationError(said) from None


def _stacked(result: Any) -> Tensor:
    if isinstance(result, list | tuple):
        return torch.stack([_stacked(each) for each in result])
    return torch.as_tensor(result, dtype=torch.float64)


def _same(who: str, got: Tensor, wanted: Tensor, values: Values) -> None:
    if got.shape not in (wanted.shape, wanted.squeeze(-1).shape):
        raise EquationError(
            f"{who} the shape {tuple(got.shape)}, the formula {shape(wanted)}"
        )
    if not close(got.reshape(wanted.shape), wanted):
        raise EquationError(
            f"formula and code disagree\n    {values.where()}: {who} "
            f"{shown(got)}, the formula gives {shown(wanted)}"
        )
