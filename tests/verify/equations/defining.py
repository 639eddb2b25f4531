"""Definitions: what a directive `define` introduces, and how it is checked."""

from __future__ import annotations

from dataclasses import replace

from verify.equations import tree as t
from verify.equations.build import parse
from verify.equations.definitions import definition, extended
from verify.equations.directives import Directive
from verify.equations.errors import Unreadable, Untied
from verify.equations.relations import check
from verify.equations.scope import Scope, opened
from verify.equations.source import Equation
from verify.equations.steps import checked_step, checked_ties
from verify.equations.ties import check_code

DATA = ("x", "y")


def introduced(equation: Equation, scope: Scope) -> Scope:
    """Return the scope behind an equation, without checking it."""
    if equation.directive.mode != "define":
        return scope
    formula = parse(equation.latex, scope.symbols, True)
    return _with_definitions(formula, equation.directive, scope)[0]


def defined(
    formula: t.Formula, asked: Directive, scope: Scope, proofs: bool
) -> tuple[list[str], Scope]:
    """Check a definition; return how, and the scope with it."""
    inner, defining = _with_definitions(formula, asked, scope)
    codes = [tie for tie in asked.ties if tie.kind == "code"]
    known = [
        s
        for s in defining
        if definition(s, scope.symbols).key in scope.definitions
    ]
    if len(codes) < len(defining) and len(known) < len(defining):
        raise Untied(
            "a definition has to be tied to tested code: "
            "<!-- math: define code=chapter.role:function(w,x_i) -->",
            defining[0].left.span[0],
        )
    steps = []
    for n, statement in enumerate(defining):
        parameters = definition(statement, inner.symbols).parameters
        if n < len(codes):
            if _is_known(statement, scope):
                check(*opened(statement, parameters, scope))
            step, within = opened(statement, parameters, inner)
            check(step, within)
            steps.append(check_code(codes[n], step.right, within))
        else:  # known already: it has to mean the same
            steps.append(check(*opened(statement, parameters, scope)))
    for chain in formula.chains:
        parameters = ()
        if chain.statements and chain.statements[0] in defining:
            parameters = definition(
                chain.statements[0], inner.symbols
            ).parameters
        steps += [
            checked_step(*opened(statement, parameters, inner), proofs)
            for statement in chain.statements
            if statement not in defining
        ]
    gradients = tuple(tie for tie in asked.ties if tie.kind == "autograd")
    steps += checked_ties(gradients, formula, inner)
    return steps, inner


def _with_definitions(
    formula: t.Formula, asked: Directive, scope: Scope
) -> tuple[Scope, list[t.Statement]]:
    """Return the scope with a formula's definitions, and their statements.

    Every chain that begins with a symbol and an equals sign is a definition,
    as long as there are `code=` ties for them; without any, the first is.
    """
    count = max(1, sum(tie.kind == "code" for tie in asked.ties))
    heads = [c.statements[0] for c in formula.chains if c.statements]
    if not heads or heads[0].relation != "=":
        raise Unreadable("a definition is an equation", 0)
    known = dict(scope.definitions)
    defining = heads[:count]
    for statement in defining:
        new = definition(statement, scope.symbols)
        if any(tie.kind == "code" for tie in asked.ties) or (
            new.key not in known
        ):
            known = extended(known, new)
    return replace(scope, definitions=known), defining


def _is_known(statement: t.Statement, scope: Scope) -> bool:
    """Whether what a statement defines stands for something already.

    Raises Unreadable for the data, which cannot be defined.
    """
    new = definition(statement, scope.symbols)
    if new.key in DATA and scope.symbols[new.key].shape == (("1", "n"),):
        raise Unreadable(f"{new.key} is data: it has no definition", 0)
    known = scope.definitions.get(new.key, ())
    return any(
        len(each.indices) == len(new.indices)
        and [name is None for name, _ in each.indices]
        == [name is None for name, _ in new.indices]
        for each in known
    )
