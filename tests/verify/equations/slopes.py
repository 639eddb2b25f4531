r"""Derivatives and evaluations: symbols replaced for a while.

`\partial A / \partial v` expands the definitions in A but not v,
differentiates, and expands v then: v is replaced by a leaf that holds v's
value, and torch.autograd does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from verify.equations import tree as t
from verify.equations.algebra import as_leaf, gradient, scalar
from verify.equations.elements import Elements, Environment
from verify.equations.errors import Meaningless

Tensor = torch.Tensor


class Slopes(Elements):
    """Values of derivatives, gradients and Hessians."""

    @contextmanager
    def setting(self, settings, values, env) -> Iterator[Environment]:
        """Let symbols, elements or parameters have given values."""
        inner, before = dict(env), dict(self._fixed)
        try:
            for (name, _), value in zip(settings, values, strict=True):
                if isinstance(name, t.Bound):
                    inner[name.name] = value
                    continue
                key = name.base.key if isinstance(name, t.Index) else name.key
                whole = value
                if isinstance(name, t.Index):
                    numbers = [self.integer(n, env) for n in name.indices]
                    whole = self.symbol(key).clone()
                    whole[self.place(key, tuple(numbers))] = value
                self._fixed[key] = (next(self._serial), whole)
            yield inner
        finally:
            self._fixed = before

    def derivative(self, body, variables, env: Environment) -> Tensor:
        """Return a partial derivative, of any order."""
        *inner, variable = variables
        below = t.Derivative(body, tuple(inner)) if inner else body
        with self.leaf(variable, env) as (leaf, env):
            top = self.value(below, env)
        if not top.ndim:
            slope = gradient(top, leaf)
        else:
            slopes = [gradient(each, leaf) for each in top.reshape(-1)]
            if not isinstance(variable, t.Index) and leaf.ndim:
                if 1 not in top.shape or 1 not in leaf.shape:
                    raise Meaningless("a matrix differentiated by an array")
                return torch.stack([each.reshape(-1) for each in slopes])
            slope = torch.stack(slopes)
        if isinstance(variable, t.Index):
            numbers = tuple(self.integer(n, env) for n in variable.indices)
            slope = slope[(..., *self.place(variable.base.key, numbers))]
        return slope.reshape(top.shape) if top.ndim else slope

    @contextmanager
    def leaf(
        self, variable: t.Node, env: Environment
    ) -> Iterator[tuple[Tensor, Environment]]:
        """Replace a symbol by a leaf of its value, to differentiate by it."""
        if isinstance(variable, t.Bound):
            value = self.bound(variable.name, env)
            leaf = as_leaf(value)
            yield leaf, {**env, variable.name: leaf}
            return
        name = variable.base if isinstance(variable, t.Index) else variable
        if not isinstance(name, t.Name) or not (
            self.symbols[name.key].is_number
        ):
            raise Meaningless("only a symbol can be differentiated by")
        leaf = as_leaf(self.symbol(name.key))
        before = dict(self._fixed)
        self._fixed[name.key] = (next(self._serial), leaf)
        try:
            yield leaf, env
        finally:
            self._fixed = before

    def _gradient(self, body, variables, order, env: Environment) -> Tensor:
        def flat(inner: t.Node, env: Environment) -> Tensor:
            parts = [self.derivative(inner, (v,), env) for v in variables]
            if len(parts) == 1:
                return parts[0]
            return torch.cat([part.reshape(-1) for part in parts])

        if order == 1:
            slope = flat(body, env)
            return slope if len(variables) == 1 else slope.reshape(-1, 1)
        columns = []
        for variable in variables:
            with self.leaf(variable, env) as (leaf, inner):
                slopes = flat(body, inner).reshape(-1)
            columns += [gradient(each, leaf).reshape(-1) for each in slopes]
        size = len(slopes)
        if len(variables) == 1:
            return torch.stack(columns)
        if any(column.numel() != 1 for column in columns):
            raise Meaningless("write a Hessian for one vector or for numbers")
        return torch.cat(columns).reshape(-1, size)

    def bound(self, name: str, env: Environment) -> Tensor:
        """Return the value of an index or a parameter."""
        if name not in env:
            raise Meaningless(
                f"the index {name} is free here: no sum binds it"
            )
        value = env[name]
        return scalar(float(value)) if isinstance(value, int) else value
