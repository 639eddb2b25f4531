"""Formulas against the functions of snippets that they are tied to.

A function gets lists as arrays, which plain Python and NumPy work on, or as
tensors, where it wants those.
"""

from __future__ import annotations

import importlib
from typing import Any

import torch

from verify.equations.directives import Tie
from verify.equations.errors import EquationError
from verify.equations.formula import Chain, Node, last
from verify.equations.operations import (
    Tensor,
    close,
    shape,
    shown,
)
from verify.equations.reader import parse
from verify.equations.scope import Scope
from verify.equations.value import Values

# Arguments of these operations are counts, where all they hold are counts.
COUNTS = {"index", "size", "num", "add", "sub"}


def check_tie(tie: Tie, chains: list[Chain], scope: Scope) -> None:
    """Check that a function returns what the only chain of a formula gives.

    Raises EquationError where they differ.
    """
    if len(chains) > 1:
        raise EquationError(
            f"to which of the {len(chains)} equations this tie belongs is not "
            "clear: write each in a display of its own"
        )
    target, done = last(chains[0]), False
    arguments = [_argument(tie, each, scope) for each in tie.arguments]
    names = [each for each in tie.picks if not each.isdigit()]
    picks = [_argument(tie, each, scope) for each in names]
    for values in scope.places([target, *arguments, *picks]):
        wanted = values.of(target).detach()
        if wanted.isfinite().all():
            done = True
            given = [_value(values, each) for each in arguments]
            try:
                got = _call(tie, list(map(_plain, given)), values)
            except EquationError:
                got = _call(tie, given, values)
            _demand_same(tie, got, wanted, values)
    if not done:
        raise EquationError("the formula has no value at any point tried")


def _argument(tie: Tie, latex: str, scope: Scope) -> Node:
    """Return what is given to a function, as a formula."""
    try:
        return parse(latex, scope.symbols)[0][0]
    except EquationError as error:
        said = f"an argument of {tie.label} cannot be read: {error.message}"
        raise EquationError(said) from None


def _value(values: Values, node: Node) -> Tensor | int:
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


def _demand_same(
    tie: Tie, got: Tensor, wanted: Tensor, values: Values
) -> None:
    who = f"{tie.label} returns"
    if got.shape not in (wanted.shape, wanted.squeeze(-1).shape):
        raise EquationError(
            f"{who} the shape {tuple(got.shape)}, the formula {shape(wanted)}"
        )
    if not close(got.reshape(wanted.shape), wanted):
        raise EquationError(
            f"formula and code disagree\n    {values.where()}: {who} "
            f"{shown(got)}, the formula gives {shown(wanted)}"
        )
