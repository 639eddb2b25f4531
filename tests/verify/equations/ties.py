"""Formulas against the snippets that they are tied to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch

from verify.equations import tree as t
from verify.equations.build import parse
from verify.equations.calls import Argument, call, called
from verify.equations.definitions import bound, free
from verify.equations.directives import Tie
from verify.equations.elements import Environment
from verify.equations.errors import EquationError, Meaningless, Untied
from verify.equations.points import points
from verify.equations.scope import Scope, assignments
from verify.equations.trials import place, shown
from verify.equations.values import Values

SEEDS = range(6)
EXACT = 1e-9
STEP, DIFFERENCES = 1e-5, 1e-6

Tensor = torch.Tensor


def check_code(tie: Tie, target: t.Node, scope: Scope) -> str:
    """Check that a function returns what a formula gives.

    Raises Untied with both values where they differ.
    """
    for values, env, arguments in _trials(tie, target, scope):
        wanted = values.value(target, env)
        own = sorted(n for n in free(target) if isinstance(env.get(n), int))
        got = called(tie, values, arguments, env, own)
        if got.shape != wanted.squeeze(-1).shape and got.shape != wanted.shape:
            raise Untied(
                f"{tie.label} returns the shape {tuple(got.shape)}, the "
                f"formula gives {tuple(wanted.squeeze(-1).shape)}"
            )
        _compare(tie.label + " returns", got, wanted, values, env)
    return f"tied to {tie.label}"


def check_autograd(tie: Tie, target: t.Node, scope: Scope) -> str:
    """Check a gradient against torch.autograd and central differences."""
    if tie.by not in tie.arguments:
        raise Untied(f"{tie.by!r} is none of the arguments of {tie.label}")
    place = tie.arguments.index(tie.by)
    for values, env, arguments in _trials(tie, target, scope):
        wanted = values.value(target, env)
        tensors = [
            values.value(node, env).detach().squeeze(-1)
            for _, node in arguments
        ]
        names = [name for name, _ in arguments]

        def loss(moved: Tensor, names=names, tensors=tensors) -> Tensor:
            given = [*tensors[:place], moved, *tensors[place + 1 :]]
            result = call(tie, names, given)
            return torch.as_tensor(result, dtype=torch.float64)

        leaf = tensors[place].clone().requires_grad_()
        slope = _slope(tie, loss, leaf)
        who = f"torch.autograd of {tie.label} by {tie.by} gives"
        _compare(who, slope, wanted, values, env)
        nudged = _differences(loss, leaf.detach())
        who = f"nudging {tie.by} in {tie.label} gives"
        _compare(who, nudged, wanted, values, env, DIFFERENCES)
    return f"equal to torch.autograd and central differences of {tie.label}"


def _trials(
    tie: Tie, target: t.Node, scope: Scope
) -> Iterator[tuple[Values, Environment, list[Argument]]]:
    """Yield values, environment and arguments for several points."""
    symbols = scope.symbols
    arguments = [_argument(argument, scope) for argument in tie.arguments]
    names: set[str] = set()
    for node in [target, *(node for _, node in arguments)]:
        names |= free(node)
    if names & bound(target):
        raise Meaningless(
            f"an index is bound and free in the arguments of {tie.label}"
        )
    done = False
    for point in points(symbols, SEEDS):
        for env in assignments(sorted(names), point, symbols):
            values = Values(point, scope.definitions)
            if not values.value(target, env).isfinite().all():
                continue
            done = True
            yield values, env, arguments
    if not done:
        raise Meaningless("the formula has no value at any point tried")


def _argument(text: str, scope: Scope) -> Argument:
    """Return the keyword, if any, and the expression of an argument."""
    name, equals, latex = text.partition("=")
    if not equals:
        name, latex = "", text
    try:
        (chain,) = parse(latex, scope.symbols).chains
    except EquationError as error:
        raise Untied(
            f"the argument {latex!r} cannot be read: {error.message}"
        ) from None
    return name, chain.first


def _slope(tie: Tie, loss: Callable, leaf: Tensor) -> Tensor:
    value = loss(leaf)
    if value.ndim:
        raise Untied(f"{tie.label} returns {tuple(value.shape)}, not a number")
    if not value.requires_grad:
        raise Untied(f"{tie.label} does not depend on {tie.by}")
    (slope,) = torch.autograd.grad(value, leaf)
    return slope


def _differences(loss: Callable, place: Tensor) -> Tensor:
    """Return central differences of a function at a place."""
    flat = place.reshape(-1)
    slopes = []
    for n in range(flat.numel()):
        ends = []
        for sign in (1, -1):
            moved = flat.clone()
            moved[n] += sign * STEP
            ends.append(float(loss(moved.reshape(place.shape)).detach()))
        slopes.append((ends[0] - ends[1]) / (2 * STEP))
    return torch.tensor(slopes, dtype=torch.float64).reshape(place.shape)


def _compare(
    who: str, got: Tensor, wanted: Tensor, values, env, tolerance=EXACT
) -> None:
    wanted = wanted.detach()
    got = got.reshape(wanted.shape)
    scale = max(1.0, float(wanted.abs().max()))
    if float((got - wanted).abs().max()) > tolerance * scale:
        raise Untied(
            f"formula and code disagree\n    {place(values, env)}: {who} "
            f"{shown(got)}, the formula gives {shown(wanted)}"
        )
