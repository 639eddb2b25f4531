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
from verify.equations.reader import parse
from verify.equations.scope import Scope
from verify.equations.value import Values

TOLERANCE = 1e-9
# A central difference is off by h² and by 1e-16 / h: best near 1e-5.
STEP, NUDGED = 1e-5, 1e-6
# Arguments of these operations are counts, where all they hold are counts.
COUNTS = {"index", "size", "num", "add", "sub"}
SUBSCRIPT = re.compile(r"(?<=[\w}])\[([^\]]*)\]")  # X[i] is the row X_i


def check_ties(
    ties: tuple[Tie, ...], chains: list[Chain], scope: Scope
) -> None:
    """Check each tie against the only chain of a formula.

    Raises Untied where they differ.
    """
    chains = [each for each in chains if each.claims] or chains
    if ties and len(chains) > 1:
        raise Untied(
            f"to which of the {len(chains)} equations this tie belongs is not "
            "clear: write each in a display of its own"
        )
    held = {"code": _code, "autograd": _autograd}
    for tie in ties:
        held[tie.kind](tie, chains[0], scope)


def indices(ties: tuple[Tie, ...], scope: Scope) -> set[str]:
    """Return the indices that stand in ties."""
    nodes = [node for tie in ties for _, node in _arguments(tie, scope)]
    picks = [pick for tie in ties for pick in tie.picks]
    return set(picks).union(*(node.free() for node in nodes))


def _code(tie: Tie, chain: Chain, scope: Scope) -> None:
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


def _autograd(tie: Tie, chain: Chain, scope: Scope) -> None:
    """Check a gradient against torch.autograd and central differences."""
    if tie.by not in tie.arguments:
        raise Untied(f"{tie.by!r} is none of the arguments of {tie.label}")
    place = tie.arguments.index(tie.by)
    for values, arguments in _trials(tie, chain, scope):
        given = [(n, _tensor(values.of(a).detach())) for n, a in arguments]

        def loss(moved: Tensor, given=given, values=values) -> Tensor:
            moved = given[place][0], moved
            given = [*given[:place], moved, *given[place + 1 :]]
            value = _stacked(_call(tie, given, values))
            if value.ndim:
                size = tuple(value.shape)
                raise Untied(f"{tie.label} returns {size}, not a number")
            return value

        wanted, leaf = values.of(chain.last), as_leaf(given[place][1])
        slope = gradient(loss(leaf), leaf)
        who = f"torch.autograd of {tie.label} by {tie.by} gives"
        _same(who, slope, wanted, values, TOLERANCE)
        try:
            torch.autograd.gradcheck(loss, leaf, eps=STEP, atol=NUDGED)
        except RuntimeError as error:
            said = f"nudging {tie.by} in {tie.label} gives another slope"
            raise Untied(f"{said}: {error}") from None


def _trials(
    tie: Tie, chain: Chain, scope: Scope
) -> Iterator[tuple[Values, list[tuple[str, Node]]]]:
    """Yield values at several points, with the arguments of the function."""
    arguments, done = _arguments(tie, scope), False
    nodes = [chain.last, *(node for _, node in arguments)]
    nodes += [Node("index", (n,)) for n in tie.picks if not n.isdigit()]
    for values in scope.places(nodes):
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
    return torch.as_tensor(result, dtype=torch.float64)


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
