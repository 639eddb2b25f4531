r"""Optima by Newton's method: the values of `\min` and `\arg\min`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from verify.equations import tree as t
from verify.equations.algebra import gradient, shape_name
from verify.equations.errors import False_, Meaningless

if TYPE_CHECKING:
    from verify.equations.values import Environment, Values

Tensor = torch.Tensor
TOLERANCE = 1e-8


def optimum(
    values: Values,
    operator: str,
    variables: tuple[t.Node, ...],
    body: t.Node,
    env: Environment,
) -> tuple[Tensor, Tensor]:
    """Return the place and the value of an optimum, by Newton's method.

    The place is a number, or a column of all variables. Raises Meaningless
    where the search does not end at a minimum (or maximum).
    """
    sign = 1.0 if operator == "min" else -1.0
    place = joined([values.value(v, env) for v in variables]).detach()
    for _ in range(60):
        value, slope, curvature = local(values, variables, body, place, env)
        if float(slope.abs().max()) <= TOLERANCE * max(1, abs(float(value))):
            demand_curvature(sign * curvature)
            shape = values.value(variables[0], env).shape
            where = place.reshape(shape) if len(variables) == 1 else place
            return where.reshape(-1, 1) if where.ndim else where, value
        place = place - torch.linalg.solve(curvature, slope)
    raise Meaningless(f"no {operator}imum was found", body.span[0])


def local(values, variables, body, place: Tensor, env):
    """Return value, slope and curvature of a body at a place."""
    leaf = place.clone().requires_grad_()
    value = at(values, variables, body, leaf, env)
    slope = gradient(value, leaf)
    rows = [gradient(each, leaf) for each in slope]
    return value.detach(), slope.detach(), torch.stack(rows).detach()


def at(values, variables, body, place: Tensor, env) -> Tensor:
    """Return the value of a body where the variables take a place."""
    shapes = [values.value(v, env).shape for v in variables]
    parts = place.split([shape.numel() for shape in shapes])
    settings = tuple((variable, variable) for variable in variables)
    shaped = [p.reshape(s) for p, s in zip(parts, shapes, strict=True)]
    with values.setting(settings, shaped, env) as inner:
        value = values.value(body, inner)
    if value.ndim:
        raise Meaningless(f"the optimum of {shape_name(value)}", body.span[0])
    return value


def joined(parts: list[Tensor]) -> Tensor:
    """Return numbers and columns as one line of numbers."""
    return torch.cat([part.reshape(-1) for part in parts])


def demand_curvature(curvature: Tensor) -> None:
    """Raise False_ where a stationary place is no minimum."""
    lowest = float(torch.linalg.eigvalsh(curvature).min())
    if lowest < -1e-9:
        raise False_(
            "stationary, but not an optimum: it is curved the wrong way",
            f"the least curvature is {lowest:.6g}",
        )
