"""Which inline relations are claims, and which only set a value."""

from __future__ import annotations

from dataclasses import replace

from verify.equations import tree as t
from verify.equations.relations import is_constant
from verify.equations.scope import Scope


def claims(
    formula: t.Formula, tied: bool, scope: Scope
) -> tuple[t.Formula, str]:
    """Return what an inline formula claims, and what the rest of it is.

    `w = 0` sets an undefined symbol, so there is nothing to check. Where a
    comment ties a number to code (`tied`), it is checked there.
    """
    left_out = ""
    chains = []
    for chain in formula.chains:
        kept = []
        for statement in chain.statements:
            if _is_setting(statement, scope):
                left_out = "setting"
            elif tied and _is_value(statement):
                left_out = left_out or "tied"
            else:
                kept.append(statement)
        chains.append(replace(chain, statements=tuple(kept)))
    kept_chains = tuple(chain for chain in chains if chain.statements)
    if not left_out:
        return formula, ""
    return t.Formula(kept_chains), left_out


def _is_setting(statement: t.Statement, scope: Scope) -> bool:
    if statement.relation in ("<-", "range"):
        return False
    sides = [(statement.left, statement.right)]
    if statement.relation != "in":
        sides.append((statement.right, statement.left))
    return any(
        _is_root(side, scope) and (_is_plain(other) or _is_set(other))
        for side, other in sides
    )


def _is_root(node: t.Node, scope: Scope) -> bool:
    base = node.base if isinstance(node, t.Index) else node
    if not isinstance(base, t.Name):
        return False
    return (
        scope.symbols[base.key].is_number and base.key not in scope.definitions
    )


def _is_plain(node: t.Node) -> bool:
    """Whether a side is a number or one symbol, with a sign at most."""
    if isinstance(node, t.Neg):
        return _is_plain(node.body)
    return is_constant(node) or isinstance(node, t.Name | t.Index)


def _is_set(node: t.Node) -> bool:
    """Whether a node is what may stand behind an element sign."""
    return isinstance(node, t.Reals | t.Interval | t.Elements)


def _is_value(statement: t.Statement) -> bool:
    return statement.relation in ("=", "~") and (
        is_constant(statement.right) or is_constant(statement.left)
    )
