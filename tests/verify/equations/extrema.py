r"""Claims about `\arg\min`: stationary, and curved upward.

Where the function has kinks (absolute values, maxima, cases) a claimed
minimum is compared with places near and far instead.
"""

from __future__ import annotations

import random

import torch

from verify.equations import tree as t
from verify.equations.algebra import shape_name
from verify.equations.definitions import depends
from verify.equations.errors import False_, Meaningless
from verify.equations.newton import (
    TOLERANCE,
    at,
    demand_curvature,
    joined,
    local,
)  # fmt: skip
from verify.equations.points import points
from verify.equations.printer import latex
from verify.equations.scope import Scope, assignments, indices
from verify.equations.trials import place as place_of
from verify.equations.trials import shown
from verify.equations.values import Values

SEEDS = range(4)

Tensor = torch.Tensor


def check_argument(optimum: t.Optimum, claim: t.Node, scope: Scope) -> str:
    """Check a claimed place of a minimum or maximum at random points."""
    for variable in optimum.variables:
        if not isinstance(variable, t.Name):
            raise Meaningless("write the symbols below \\arg\\min")
        if not depends(optimum.body, variable.key, scope.definitions):
            raise Meaningless(
                f"{latex(optimum.body)} does not depend on {variable.key} by "
                "any definition above",
                optimum.span[0],
            )
        if depends(claim, variable.key, scope.definitions):
            raise False_(
                f"the place of the optimum depends on {variable.key} itself",
                f"{latex(claim)} contains {variable.key}",
                claim.span[0],
            )
    statement = t.Statement("=", optimum, claim)
    names = indices(statement, scope)
    smooth = not _has_kinks(optimum.body, scope)
    count = 0
    for point in points(scope.symbols, SEEDS):
        for env in assignments(names, point, scope.symbols):
            values = Values(point, scope.definitions)
            _check_at(values, optimum, claim, env, smooth)
            count += 1
    how = "stationary and curved" if smooth else "no place is better"
    return f"checked at {count} points: {how}"


def _check_at(values, node: t.Optimum, claim, env, smooth: bool) -> None:
    claimed = values.value(claim, env)
    parts = [values.value(v, env) for v in node.variables]
    if claimed.numel() != sum(part.numel() for part in parts):
        raise Meaningless(
            f"the place of the optimum is {shape_name(claimed)}, and its "
            f"symbols are {', '.join(map(shape_name, parts))}",
            claim.span[0],
        )
    place = claimed.reshape(-1).detach()
    start = joined(parts).detach()
    sign = 1.0 if node.operator == "min" else -1.0
    value, slope, curvature = local(
        values, node.variables, node.body, place, env
    )
    _, usual, _ = local(values, node.variables, node.body, start, env)
    size = max(1.0, float(usual.abs().max()))
    if smooth and float(slope.abs().max()) > TOLERANCE * size:
        raise False_(
            f"{latex(node.body)} is not {node.operator}imal there: its slope "
            "is not 0",
            f"{place_of(values, env)} gives the slope {shown(slope)}",
            claim.span[0],
        )
    if smooth:
        demand_curvature(sign * curvature)
        return
    for other in _elsewhere(place):
        better = at(values, node.variables, node.body, other, env)
        if sign * float(better - value) < -TOLERANCE * max(
            1.0, abs(float(value))
        ):
            raise False_(
                f"{latex(node.body)} has a better place than this one",
                f"{place_of(values, env)} gives {shown(value)} there, and "
                f"{shown(better)} elsewhere",
                claim.span[0],
            )


def _elsewhere(place: Tensor):
    rng = random.Random(0)
    for scale in (1e-3, 1e-2, 0.1, 0.5, 1.0, 3.0, 10.0):
        for _ in range(4):
            shift = [rng.uniform(-scale, scale) for _ in place]
            yield place + torch.tensor(shift, dtype=torch.float64)


def _has_kinks(node: t.Node, scope: Scope) -> bool:
    seen: set[str] = set()
    todo = [node]
    while todo:
        for each in t.walk(todo.pop()):
            if isinstance(each, t.Abs | t.Cases):
                return True
            if isinstance(each, t.Apply) and each.function in (
                "max", "min", "ReLU", "sign",
            ):  # fmt: skip
                return True
            if isinstance(each, t.Big) and each.operator not in (
                "sum", "prod",
            ):  # fmt: skip
                return True
            key = getattr(each, "key", getattr(each, "function", None))
            if key and key not in seen:
                seen.add(key)
                todo += [c.body for c in scope.definitions.get(key, ())]
    return False
