"""Calling the functions of snippets with values of symbols.

They get numbers in the form that their module works on: lists in plain
Python, arrays with NumPy, tensors with PyTorch; and tensors where that fails,
for functions that work on numbers of any kind.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import torch

from verify.equations import tree as t
from verify.equations.directives import Tie
from verify.equations.elements import Environment
from verify.equations.errors import Untied
from verify.equations.values import Values

Tensor = torch.Tensor
# A keyword, or '', and the expression of an argument.
Argument = tuple[str, t.Node]


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


def called(
    tie: Tie,
    values: Values,
    arguments: list[Argument],
    env: Environment,
    own: list[str],
) -> Tensor:
    """Return what a function gives at a point, as a tensor.

    `own` are the free indices of the formula: of a list that the function
    returns for all of one, the element is taken. A function of numbers that
    is given lists is called with their elements instead.
    """
    names = [name for name, _ in arguments]
    first: Untied | None = None
    for given in _forms(snippet(tie), values, arguments, env, own):
        try:
            result = call(tie, names, given)
        except Untied as error:
            first = first or error
            continue
        got = torch.as_tensor(_plain(result), dtype=torch.float64)
        if got.ndim == 1 and len(own) == 1:
            numbers = _numbers(values, own[0])
            if len(got) == len(numbers):
                got = got[numbers.index(env[own[0]])]
        return got
    raise first


def call(tie: Tie, names: list[str], given: list) -> Any:
    """Call a function; raise Untied where it fails."""
    positional = [v for n, v in zip(names, given, strict=True) if not n]
    keywords = {n: v for n, v in zip(names, given, strict=True) if n}
    try:
        result = snippet(tie)(*positional, **keywords)
        return result if tie.pick is None else result[tie.pick]
    except Exception as error:
        raise Untied(
            f"{tie.label} fails: {type(error).__name__}: {error}"
        ) from None


def _forms(function, values, arguments, env, own) -> Iterator[list]:
    """Yield the arguments in the forms that a function may want them in."""

    def all_as(convert: Callable) -> list:
        return [_given(values, node, env, convert) for _, node in arguments]

    yield all_as(_form(function))
    if len(own) == 1:
        yield [_cell(values, node, env, own[0]) for _, node in arguments]
    yield all_as(_to_tensor)


def _given(values: Values, node: t.Node, env, convert: Callable) -> Any:
    if isinstance(node, t.Name) and values.symbols[node.key].kind == "size":
        return values.point.size(node.key)
    if isinstance(node, t.Bound) and isinstance(env.get(node.name), int):
        return env[node.name]
    if isinstance(node, t.Num) and node.text.isdigit():
        return int(node.text)
    return convert(values.value(node, env).detach())


def _cell(values: Values, node: t.Node, env, index: str) -> Any:
    value = values.value(node, env).detach()
    if value.ndim and value.shape[1] == 1:
        numbers = _numbers(values, index)
        if len(numbers) == len(value):
            return float(value[numbers.index(env[index]), 0])
    return _given(values, node, env, _to_list)


def _numbers(values: Values, index: str) -> range:
    return values.point.ranges(values.symbols[index])[0]


def _form(function: Callable) -> Callable[[Tensor], Any]:
    """Return how to hand values to a function, by what its module imports."""
    module: ModuleType | None = inspect.getmodule(function)
    names = vars(module or sys.modules[__name__])
    if "torch" in names:
        return _to_tensor
    if "np" in names or "numpy" in names:
        return _to_array
    return _to_list


def _to_tensor(value: Tensor) -> Tensor:
    return value.squeeze(-1) if value.ndim else value


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
