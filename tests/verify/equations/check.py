"""One equation, checked as its directive asks, where it stands."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from verify.equations import tree as t
from verify.equations.build import parse
from verify.equations.defining import defined
from verify.equations.directives import Directive
from verify.equations.errors import (
    False_,
    Meaningless,
    Misfit,
    Undetermined,
    Unreadable,
    Untied,
)  # fmt: skip
from verify.equations.points import points
from verify.equations.relations import MORE_SEEDS, TESTS, check
from verify.equations.scope import Scope
from verify.equations.settings import claims
from verify.equations.source import Equation
from verify.equations.steps import checked_step, checked_ties
from verify.equations.trials import at_points
from verify.equations.updates import updates


@dataclass(frozen=True)
class Verdict:
    """What was found of an equation: its kind, and how each step held."""

    kind: str
    steps: tuple[str, ...] = ()


def verdict(
    equation: Equation, scope: Scope, proofs: bool = True
) -> tuple[Verdict, Scope]:
    """Check an equation; return what was found, and the scope behind it.

    Raises EquationError where it does not hold or cannot be checked. Without
    `proofs`, SymPy is left out.
    """
    asked = equation.directive
    if asked.mode in ("skip", "tested"):
        return Verdict(asked.mode, (asked.text,)), scope
    if asked.mode == "wrong":
        return _wrong(equation, scope), scope
    formula = parse(equation.latex, scope.symbols, asked.mode == "define")
    if asked.mode == "given":
        return _given(formula, scope), scope
    if asked.mode == "define":
        steps, inner = defined(formula, asked, scope, proofs)
        return Verdict("definition", tuple(steps)), inner
    if not equation.display:
        formula, left_out = claims(formula, equation.tied, scope)
        if left_out and not formula.statements:
            return Verdict(left_out), scope
    if not formula.statements:
        return Verdict("expression"), scope
    tied = _updates_are_tied(formula, asked)
    steps = _steps(formula, scope, proofs, skip_updates=tied)
    steps += checked_ties(asked.ties, formula, scope)
    return Verdict("equation", tuple(steps)), scope


def _steps(
    formula: t.Formula, scope: Scope, proofs: bool, skip_updates: bool
) -> list[str]:
    found = []
    for statement in formula.statements:
        if statement.relation == "<-" and skip_updates:
            updates(statement)  # the tie to code says what it has to be
            continue
        found.append(checked_step(statement, scope, proofs))
    return found


def _updates_are_tied(formula: t.Formula, asked: Directive) -> bool:
    """Whether code says what the updates have to be: all, or none of them."""
    count = sum(s.relation == "<-" for s in formula.statements)
    codes = sum(tie.kind == "code" for tie in asked.ties)
    if 0 < codes < count:
        raise Untied("write one code= for each of the updates, in their order")
    return codes > 0


def _wrong(equation: Equation, scope: Scope) -> Verdict:
    """Check that a quoted mistake is one."""
    try:
        formula = parse(equation.latex, scope.symbols)
        if not formula.statements:
            raise Meaningless("this states nothing, so it cannot be wrong")
        for statement in formula.statements:
            check(statement, scope)
    except (False_, Unreadable, Misfit, Untied) as error:
        return Verdict("wrong", (error.message,))
    raise Meaningless(
        "this is marked as wrong, but the check finds nothing wrong with it"
    )


def _given(formula: t.Formula, scope: Scope) -> Verdict:
    """Check that a condition can be met; it need not always hold."""
    for statement in formula.statements:
        try:
            check(statement, scope)
        except Undetermined:
            continue
        except False_:
            if statement.relation in TESTS.keys() - {"="}:
                _demand_possible(statement, scope)
    return Verdict("given")


def _demand_possible(statement: t.Statement, scope: Scope) -> None:
    for point in points(scope.symbols, MORE_SEEDS):
        with contextlib.suppress(False_):
            at_points(statement, scope, [point], TESTS[statement.relation])
            return
    raise Meaningless(
        "this condition is never met at the points tried",
        statement.right.span[0],
    )
