"""Formulas against the snippets that they are tied to.

The functions of a snippet get random numbers in the form that its module
works on: lists in plain Python, arrays with NumPy, tensors with PyTorch.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import torch

from verify.equations import tree as t
from verify.equations.build import parse
from verify.equations.definitions import bound, free
from verify.equations.directives import Tie
from verify.equations.errors import EquationError, Meaningless, Untied
from verify.equations.points import points
from verify.equations.scope import Scope, assignments
from verify.equations.trials import counterexample
from verify.equations.values import Values

SEEDS = range(6)
EXACT = 1e-9
STEP, DIFFERENCES = 1e-5, 1e-6

Tensor = torch.Tensor


def check_code(tie: Tie, target: t.Node, scope: Scope) -> str:
    """Check that a function returns what a formula gives.

    Raises Untied with both values where they differ.
    """
    function = snippet(tie)
    for values, env, arguments in _trials(tie, target, scope):
        wanted = values.value(target, env)
        got = _called(tie, function, values, arguments, env, target)
        if got.shape != wanted.squeeze(-1).shape and got.shape != wanted.shape:
            raise Untied(
                f"{tie.label} returns the shape {tuple(got.shape)}, the "
                f"formula gives {tuple(wanted.squeeze(-1).shape)}"
            )
        _compare(tie.label + " returns", got, wanted, values, env)
    return f"tied to {tie.label}"


def check_autograd(tie: Tie, target: t.Node, scope: Scope) -> str:
    """Check a gradient against torch.autograd and central differences."""
    function = snippet(tie)
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
            result = _call(tie, function, names, given)
            return torch.as_tensor(result, dtype=torch.float64)

        leaf = tensors[place].clone().requires_grad_()
        slope = _slope(tie, loss, leaf)
        who = f"torch.autograd of {tie.label} by {tie.by} gives"
        _compare(who, slope, wanted, values, env)
        nudged = _differences(loss, leaf.detach())
        who = f"nudging {tie.by} in {tie.label} gives"
        _compare(who, nudged, wanted, values, env, DIFFERENCES)
    return f"equal to torch.autograd and central differences of {tie.label}"


def snippet(tie: Tie) -> Callable:
    """Return the function that a tie names; raise Untied without one."""
    try:
        module = importlib.import_module(tie.module)
    except ImportError as error:
        raise Untied(f"there is no snippet {tie.module}: {error}") from None
    function = getattr(module, tie.function, None)
    if not callable(function):
        raise Untied(f"{tie.module} has no function {tie.function}")
    return function


def _trials(tie: Tie, target: t.Node, scope: Scope):
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


def _argument(text: str, scope: Scope) -> tuple[str, t.Node]:
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


def _called(tie, function, values: Values, arguments, env, target) -> Tensor:
    """Return a function's result as a tensor, of the target's element."""
    convert = _form(function)
    names = [name for name, _ in arguments]
    given = [_given(values, node, env, convert) for _, node in arguments]
    own = sorted(n for n in free(target) if isinstance(env.get(n), int))
    try:
        result = _call(tie, function, names, given)
    except Untied:
        # A function of numbers, given lists: one element at a time.
        cells = [_cell(values, node, env, own) for _, node in arguments]
        if len(own) != 1 or cells == given:
            raise
        result = _call(tie, function, names, cells)
    got = torch.as_tensor(_plain(result), dtype=torch.float64)
    if got.ndim == 1 and len(own) == 1:
        symbol = values.symbols[own[0]]
        numbers = values.point.ranges(symbol)[0]
        if len(got) == len(numbers):
            got = got[numbers.index(env[own[0]])]
    return got


def _call(tie: Tie, function: Callable, names, given) -> Any:
    positional = [v for n, v in zip(names, given, strict=True) if not n]
    keywords = {n: v for n, v in zip(names, given, strict=True) if n}
    try:
        result = function(*positional, **keywords)
        return result if tie.pick is None else result[tie.pick]
    except Exception as error:
        raise Untied(
            f"{tie.label} fails: {type(error).__name__}: {error}"
        ) from None


def _given(values: Values, node: t.Node, env, convert: Callable) -> Any:
    if isinstance(node, t.Name) and values.symbols[node.key].kind == "size":
        return values.point.size(node.key)
    if isinstance(node, t.Bound) and isinstance(env.get(node.name), int):
        return env[node.name]
    if isinstance(node, t.Num) and node.text.isdigit():
        return int(node.text)
    return convert(values.value(node, env).detach())


def _cell(values: Values, node: t.Node, env, own: list[str]) -> Any:
    value = values.value(node, env).detach()
    if value.ndim and len(own) == 1 and value.shape[1] == 1:
        numbers = values.point.ranges(values.symbols[own[0]])[0]
        if len(numbers) == len(value):
            return float(value[numbers.index(env[own[0]]), 0])
    return _given(values, node, env, _to_list)


def _form(function: Callable) -> Callable[[Tensor], Any]:
    """Return how to hand values to a function, by what its module imports."""
    module: ModuleType | None = inspect.getmodule(function)
    names = vars(module or sys.modules[__name__])
    if "torch" in names:
        return lambda value: value.squeeze(-1) if value.ndim else value
    if "np" in names or "numpy" in names:
        return _to_array
    return _to_list


def _to_array(value: Tensor) -> Any:
    if not value.ndim:
        return float(value)
    return value.squeeze(-1).numpy().copy()


def _to_list(value: Tensor) -> Any:
    if not value.ndim:
        return float(value)
    return value.squeeze(-1).tolist()


def _plain(result: Any) -> Any:
    """Return a result with the tensors in it made numbers."""
    if isinstance(result, list | tuple):
        return [_plain(each) for each in result]
    if isinstance(result, torch.Tensor):
        return result.detach().to(torch.float64)
    return result


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
        shown = counterexample(values, env, got, wanted)
        shown = shown.replace("left=", who + " ")
        raise Untied(
            f"formula and code disagree\n    "
            f"{shown.replace('right=', 'the formula ')}"
        )
