r"""What `\in` and `i = 1, \dots, n` claim."""

from __future__ import annotations

from verify.equations import tree as t
from verify.equations.errors import False_, Meaningless, Undetermined
from verify.equations.points import data_point, points
from verify.equations.printer import latex
from verify.equations.scope import Scope, assignments, indices
from verify.equations.trials import close, place, shown
from verify.equations.values import Values

SEEDS = range(8)


def check_membership(statement: t.Statement, scope: Scope) -> str:
    """Check that an element lies in a set, at random points."""
    names = indices(statement, scope)
    for point in points(scope.symbols, SEEDS):
        for env in assignments(names, point, scope.symbols):
            values = Values(point, scope.definitions)
            value = values.value(statement.left, env)
            if not _within(values, value, statement.right, env):
                raise False_(
                    f"this is not so: {latex(statement)}",
                    f"{place(values, env)} gives {shown(value)}",
                    statement.right.span[0],
                )
    return f"checked at {len(SEEDS)} points"


def check_range(statement: t.Statement, scope: Scope) -> str:
    """Check that an index runs over the range that is declared for it."""
    index, run = statement.left, statement.right
    if not isinstance(index, t.Bound):
        return "a setting"
    symbol = scope.symbols[index.name]
    tried = points(scope.symbols, range(2))
    if isinstance(run.items[1], t.Num):
        tried = [data_point(scope.symbols)]
    for point in tried:
        values = Values(point, scope.definitions)
        low, high = (values.integer(item, {}) for item in run.items)
        try:
            declared = point.ranges(symbol)[0]
        except Meaningless:
            raise Undetermined(
                f"how far {index.name} runs is not fixed"
            ) from None
        if (low, high) != (declared.start, declared.stop - 1):
            bounds = "..".join(symbol.shape[0])
            raise False_(
                f"{index.name} is declared {bounds}, not {latex(statement)}",
                f"({low}, {high}) is not "
                f"({declared.start}, {declared.stop - 1})",
                run.span[0],
            )
    return "checked against its declaration"


def _within(values: Values, value, within: t.Node, env: dict) -> bool:
    match within:
        case t.Reals(shape):
            sizes = tuple(values.integer(each, env) for each in shape)
            wanted = (*sizes, 1) if len(sizes) == 1 else sizes
            return tuple(value.shape) == wanted
        case t.Interval(low, high, ends):
            left, right = values.value(low, env), values.value(high, env)
            above = value >= left if ends[0] == "[" else value > left
            below = value <= right if ends[1] == "]" else value < right
            return bool(above.all()) and bool(below.all())
        case t.Elements(items, run=True):
            low, high = (values.integer(item, env) for item in items)
            return not value.ndim and float(value) in range(low, high + 1)
        case t.Elements(items):
            found = [values.value(item, env) for item in items]
            return all(
                any(close(each, item) for item in found)
                for each in value.reshape(-1)
            )
    raise Meaningless("this is no set", within.span[0])
