r"""Update rules: what `w \leftarrow w - \eta \dots` claims.

The step size occurs, with step size 0 nothing moves, and the step is one of
steepest descent: along minus the gradient of something that is defined and
curved upward. What moves otherwise (momentum, say) is tied to code instead,
and is then compared with that alone.
"""

from __future__ import annotations

from verify.equations import tree as t
from verify.equations.definitions import Definitions, depends
from verify.equations.errors import False_, Unreadable, Untied
from verify.equations.points import points
from verify.equations.printer import latex
from verify.equations.scope import Scope, assignments, indices
from verify.equations.trials import close, counterexample
from verify.equations.values import Values

SEEDS = range(4)


def check_update(statement: t.Statement, scope: Scope) -> str:
    """Check that an update is a step of gradient descent."""
    losses = []
    for variable, right in updates(statement):
        step = _step(right, scope)
        _check_rest(variable, right, step, scope)
        found = _loss(variable, right, step, scope)
        if found is None:
            raise Untied(
                "this is not a step down the gradient of anything defined "
                "above; if it is right, tie it to code: "
                "<!-- math: verify code=… -->",
                right.span[0],
            )
        losses.append(latex(found))
    return f"checked: a step down the gradient of {', '.join(losses)}"


def updates(statement: t.Statement) -> list[tuple[t.Node, t.Node]]:
    """Return the (symbol, new value) pairs of an update."""
    left, right = statement.left, statement.right
    tuples = isinstance(left, t.Tuple) and isinstance(right, t.Tuple)
    if tuples and len(left.items) == len(right.items):
        return list(zip(left.items, right.items, strict=True))
    if isinstance(left, t.Name | t.Index):
        return [(left, right)]
    raise Unreadable("an update has a symbol on its left", left.span[0])


def _step(right: t.Node, scope: Scope) -> t.Name:
    steps = {
        each.key
        for each in t.walk(right)
        if isinstance(each, t.Name) and scope.symbols[each.key].kind == "step"
    }
    if len(steps) != 1:
        raise False_(
            "the step size (a symbol of the kind `step`) is not in the update",
            f"found: {', '.join(sorted(steps)) or 'none'}",
            right.span[0],
        )
    return t.Name(steps.pop())


def _check_rest(variable, right, step: t.Name, scope: Scope) -> None:
    """Check that nothing moves where the step size is 0."""
    still = t.At(right, ((step, t.Num("0")),))
    names = indices(t.Statement("=", variable, right), scope)
    for point in points(scope.symbols, SEEDS):
        for env in assignments(names, point, scope.symbols):
            values = Values(point, scope.definitions)
            before = values.value(variable, env)
            after = values.value(still, env)
            if before.shape != after.shape or not close(before, after):
                raise False_(
                    f"with {step.key} = 0 the update does not leave "
                    f"{latex(variable)} as it is",
                    counterexample(values, env, before, after),
                    right.span[0],
                )


def _loss(variable, right, step: t.Name, scope: Scope) -> t.Node | None:
    """Return the loss down whose gradient an update goes, if there is one."""
    key = variable.base.key if isinstance(variable, t.Index) else variable.key
    names = indices(t.Statement("=", variable, right), scope)
    for candidate in _candidates(scope.definitions, names, scope):
        if depends(candidate, key, scope.definitions) and _descends(
            variable, right, step, candidate, names, scope
        ):
            return candidate
    return None


def _candidates(known: Definitions, names: list[str], scope: Scope):
    for key, clauses in known.items():
        symbol = scope.symbols.get(key)
        if symbol is None or clauses[-1].parameters:
            continue
        if not symbol.shape:
            yield t.Name(key)
        for name in names:
            if symbol.shape == scope.symbols[name].shape:
                yield t.Index(t.Name(key), (t.Bound(name),))


def _descends(variable, right, step, loss, names, scope: Scope) -> bool:
    moved = t.Derivative(right, (step,))
    slope = t.Derivative(loss, (variable,))
    curvature = t.Derivative(loss, (variable, variable))
    is_number = not isinstance(variable, t.Name) or (
        not scope.symbols[variable.key].shape
    )
    for point in points(scope.symbols, SEEDS):
        for env in assignments(names, point, scope.symbols):
            values = Values(point, scope.definitions)
            down = -values.value(slope, env)
            along = values.value(moved, env)
            if down.shape != along.shape or not close(down, along):
                return False
            if is_number and not bool(values.value(curvature, env) > 0):
                return False
    return True
