"""Formulas against the functions of snippets that they are tied to.

A function gets lists as arrays, which plain Python and NumPy work on, or as
tensors, where it wants those.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import torch

from verify.equations.directives import Tie
from verify.equations.errors import EquationError, Meaningless, Untied
from verify.equations.formula import Chain, Node
from verify.equations.operations import Tensor, as_leaf, gradient, shape, shown
from verify.equations.point import Point
from verify.equations.reader import parse
from verify.equations.scope import Scope
from verify.equations.value import Values

SEEDS = range(6)
TOLERANCE = 1e-9
# A central difference is off by h² and by 1e-16 / h: best near 1e-5.
STEP, NUDGED = 1e-5, 1e-6
# Arguments of these operations are counts, where all they hold are counts.
COUNTS = {"index", "size", "num", "add", "sub"}
SUBSCRIPT = re.compile(r"(?<=[\w}])\[([^\]]*)\]")  # X[i] is the row X_i


def check_ties(
    ties: tuple[Tie, ...], chains: list[Chain], scope: Scope
) -> list[str]:
    """Check each tie against the chain that it belongs to, in their order.

    Raises Untied where they differ, or where that order is not clear.
    """
    found = []
    chains = [each for each in chains if each.claims] or chains
    for kind, held in (("code", _code), ("autograd", _autograd)):
        same = [tie for tie in ties if tie.kind == kind]
        if same and len(chains) not in (1, len(same)):
            raise Untied(
                f"to which of the {len(chains)} equations each tie belongs is "
                "not clear: write one for each"
            )
        every = chains * len(same) if len(chains) == 1 else chains
        for tie, chain in zip(same, every, strict=False):
            found.append(held(tie, chain, scope))
    return found


def indices(tie: Tie, scope: Scope) -> set[str]:
    """Return the indices that stand in a tie."""
    free = [node.free() for _, node in _arguments(tie, scope)]
    return set().union(*free, tie.picks)


def _code(tie: Tie, chain: Chain, scope: Scope) -> str:
    """Check that a function returns what a formula gives."""
    for values, arguments in _trials(tie, chain, scope):
        for form in (_array, _tensor):
            given = [(n, _argument(values, a, form)) for n, a in arguments]
            try:
                got = _element(chain, values, _call(tie, given, values))
                break
            except Untied:
                if form is _tensor:
                    raise
        wanted = values.of(chain.last)
        _same(f"{tie.label} returns", got, wanted, values, TOLERANCE)
    return f"tied to {tie.label}"


def _autograd(tie: Tie, chain: Chain, scope: Scope) -> str:
    """Check a gradient against torch.autograd and central differences."""
    if tie.by not in tie.arguments:
        raise Untied(f"{tie.by!r} is none of the arguments of {tie.label}")
    place = tie.arguments.index(tie.by)
    for values, arguments in _trials(tie, chain, scope):
        given = [(n, _tensor(values.of(a).detach())) for n, a in arguments]
        known = given[place][1]

        def loss(moved: Tensor, given=given, values=values) -> Tensor:
            name, known = given[place]
            moved = name, moved.reshape(known.shape)
            given = [*given[:place], moved, *given[place + 1 :]]
            result = _call(tie, given, values)
            value = torch.as_tensor(result, dtype=torch.float64)
            if value.ndim:
                size = tuple(value.shape)
                raise Untied(f"{tie.label} returns {size}, not a number")
            return value

        wanted, leaf = values.of(chain.last), as_leaf(known)
        slope = gradient(loss(leaf), leaf)
        who = f"torch.autograd of {tie.label} by {tie.by} gives"
        _same(who, slope, wanted, values, TOLERANCE)
        flat = known.reshape(-1)
        steps = STEP * torch.eye(len(flat), dtype=torch.float64)
        slopes = [
            (loss(flat + step) - loss(flat - step)) / (2 * STEP)
            for step in steps
        ]
        who = f"nudging {tie.by} in {tie.label} gives"
        nudged = torch.stack(slopes).reshape(known.shape)
        _same(who, nudged, wanted, values, NUDGED)
    return f"equal to torch.autograd and central differences of {tie.label}"


def _trials(
    tie: Tie, chain: Chain, scope: Scope
) -> Iterator[tuple[Values, list[tuple[str, Node]]]]:
    """Yield values at several points, with the arguments of the function."""
    arguments, done = _arguments(tie, scope), False
    nodes = [chain.last, *(node for _, node in arguments)]
    nodes += [Node("index", (n,)) for n in tie.picks if not n.isdigit()]
    points = [Point(scope.symbols, seed) for seed in SEEDS]
    for values in scope.places(nodes, points):
        if values.of(chain.last).isfinite().all():
            done = True
            yield values, arguments
    if not done:
        raise Meaningless("the formula has no value at any point tried")


def _arguments(tie: Tie, scope: Scope) -> list[tuple[str, Node]]:
    """Return the keyword, or '', and the formula of each argument."""
    found = []
    for argument in tie.arguments:
        name, equals, latex = argument.rpartition("=")
        latex = SUBSCRIPT.sub(r"_{\1}", latex.replace("][", ","))
        said = f"the argument {latex!r} cannot be read"
        try:
            (chain,) = parse(latex, scope.symbols)
        except EquationError as error:
            raise Untied(f"{said}: {error.message}") from None
        if not chain.first.free() <= scope.symbols.keys():
            raise Untied(f"{said}: its symbol is not declared")
        found.append((name if equals else "", chain.first))
    return found


def _argument(values: Values, node: Node, form: Callable) -> Any:
    """Return the value of an argument; counts and indices are integers."""
    value, symbols = values.of(node).detach(), values.symbols
    kinds = {
        symbols[each.args[0]].kind if each.op == "name" else each.op
        for each in node
    }
    if kinds <= COUNTS and float(value).is_integer():
        return int(value)
    return form(value)


def _tensor(value: Tensor) -> Tensor:
    return value.squeeze(-1) if value.ndim else value


def _array(value: Tensor) -> Any:
    return value.squeeze(-1).numpy().copy() if value.ndim else float(value)


def _call(tie: Tie, given: list[tuple[str, Any]], values: Values) -> Any:
    """Return what a function gives; raise Untied where it fails."""
    places = {
        name: number - values.point.ranges(name)[0].start
        for name, number in values.outer.items()
    }
    try:
        module = importlib.import_module(tie.module)
    except ImportError as error:
        raise Untied(f"there is no snippet {tie.module}: {error}") from None
    function = getattr(module, tie.function, None)
    if not callable(function):
        raise Untied(f"{tie.module} has no function {tie.function}")
    try:
        result = function(
            *(value for name, value in given if not name),
            **{name: value for name, value in given if name},
        )
        for pick in tie.picks:
            result = result[int(pick) if pick.isdigit() else places[pick]]
        return result
    except Exception as error:
        said = f"{tie.label} fails: {type(error).__name__}: {error}"
        raise Untied(said) from None


def _element(chain: Chain, values: Values, result: Any) -> Tensor:
    """Return the element that belongs to the free indices.

    A function may return all of `P_{ik}` at once.
    """
    got, outer = _stacked(result), values.outer
    own = [n.args[0] for n in chain.first if n.op == "index"]
    own = [name for name in own if name in outer] or sorted(outer)
    runs = [values.point.ranges(name)[0] for name in own]
    if own and [len(run) for run in runs] == list(got.shape):
        place = [run.index(outer[n]) for n, run in zip(own, runs, strict=True)]
        return got[tuple(place)]
    return got


def _stacked(result: Any) -> Tensor:
    if isinstance(result, list | tuple):
        return torch.stack([_stacked(each) for each in result])
    return torch.as_tensor(result, dtype=torch.float64).detach()


def _same(
    who: str, got: Tensor, wanted: Tensor, values: Values, tolerance: float
) -> None:
    wanted, got = wanted.detach(), got.detach()
    if got.shape not in (wanted.shape, wanted.squeeze(-1).shape):
        size = tuple(got.shape)
        raise Untied(f"{who} the shape {size}, the formula {shape(wanted)}")
    apart = float((got.reshape(wanted.shape) - wanted).abs().max())
    # What is no number is not equal either.
    if not apart <= tolerance * max(1.0, float(wanted.abs().max())):
        raise Untied(
            f"formula and code disagree\n    {values.where()}: {who} "
            f"{shown(got)}, the formula gives {shown(wanted)}"
        )
