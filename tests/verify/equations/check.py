"""One equation, checked as its directive asks, where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verify.equations import tree as t
from verify.equations.build import parse
from verify.equations.definitions import definition, extended
from verify.equations.directives import Directive, Tie
from verify.equations.errors import (
    False_,
    Meaningless,
    Misfit,
    Undetermined,
    Unreadable,
    Untied,
)  # fmt: skip
from verify.equations.prove import prove
from verify.equations.relations import check, is_constant
from verify.equations.scope import Scope, opened
from verify.equations.source import Equation
from verify.equations.ties import check_autograd, check_code
from verify.equations.trials import latex_step
from verify.equations.updates import updates

DATA = ("x", "y")


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
        return _defined(formula, asked, scope, proofs)
    if not equation.display:
        formula, left_out = _claims(formula, equation, scope)
        if left_out and not formula.statements:
            return Verdict(left_out), scope
    if not formula.statements:
        return Verdict("expression"), scope
    _tied_updates(formula, asked)
    steps = _steps(formula, scope, proofs, skip_updates=bool(asked.ties))
    steps += _ties(asked.ties, formula, scope)
    return Verdict("equation", tuple(steps)), scope


def introduced(equation: Equation, scope: Scope) -> Scope:
    """Return the scope behind an equation, without checking it."""
    if equation.directive.mode != "define":
        return scope
    formula = parse(equation.latex, scope.symbols, True)
    return _with_definitions(formula, equation.directive, scope)[0]


def _defined(
    formula: t.Formula, asked: Directive, scope: Scope, proofs: bool
) -> tuple[Verdict, Scope]:
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
            _step(*opened(statement, parameters, inner), proofs)
            for statement in chain.statements
            if statement not in defining
        ]
    gradients = tuple(tie for tie in asked.ties if tie.kind == "autograd")
    steps += _ties(gradients, formula, inner)
    return Verdict("definition", tuple(steps)), inner


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


def _steps(
    formula: t.Formula, scope: Scope, proofs: bool, skip_updates: bool
) -> list[str]:
    found = []
    for statement in formula.statements:
        if statement.relation == "<-" and skip_updates:
            updates(statement)  # the tie to code says what it has to be
            continue
        found.append(_step(statement, scope, proofs))
    return found


def _step(statement: t.Statement, scope: Scope, proofs: bool) -> str:
    how = check(statement, scope)
    if proofs and statement.relation == "=" and how.startswith("checked"):
        proof = prove(statement, scope)
        if proof == "refuted":
            raise False_(
                f"this step does not hold: … {latex_step(statement)}",
                "torch finds no counter-example, but SymPy refutes it",
                statement.right.span[0],
            )
        return "proved" if proof == "proved" else how
    return how


def _ties(
    ties: tuple[Tie, ...], formula: t.Formula, scope: Scope
) -> list[str]:
    """Check each tie against the chain that it belongs to."""
    found = []
    for kind, compare in (("code", check_code), ("autograd", check_autograd)):
        same = [tie for tie in ties if tie.kind == kind]
        for n, tie in enumerate(same):
            chain = _chain_of(tie, n, len(same), formula)
            found.append(compare(tie, chain.statements[-1].right, scope))
    return found


def _chain_of(tie: Tie, n: int, count: int, formula: t.Formula) -> t.Chain:
    chains = [chain for chain in formula.chains if chain.statements]
    if tie.by:
        own = [c for c in chains if _differentiates(c.first, tie.by)]
        if len(own) == 1:
            return own[0]
    if count == len(chains):
        return chains[n]
    if len(chains) == 1:
        return chains[0]
    raise Untied(
        f"to which of the {len(chains)} equations the tie to {tie.label} "
        "belongs is not clear: write one for each, in their order"
    )


def _differentiates(node: t.Node, name: str) -> bool:
    from verify.equations.printer import latex
    from verify.equations.symbols import key

    return isinstance(node, t.Derivative | t.Gradient) and any(
        key(latex(variable)) == key(name) for variable in node.variables
    )


def _tied_updates(formula: t.Formula, asked: Directive) -> None:
    count = sum(s.relation == "<-" for s in formula.statements)
    codes = sum(tie.kind == "code" for tie in asked.ties)
    if codes and 0 < codes < count:
        raise Untied("write one code= for each of the updates, in their order")


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
    """Check that a condition is not absurd; it need not always hold."""
    for statement in formula.statements:
        try:
            check(statement, scope)
        except (False_, Undetermined):
            continue
    return Verdict("given")


def _claims(
    formula: t.Formula, equation: Equation, scope: Scope
) -> tuple[t.Formula, str]:
    """Return what an inline formula claims, and what the rest of it is.

    `w = 0` sets an undefined symbol, so there is nothing to check. Where a
    comment ties a number to code, the number is checked there.
    """
    left_out = ""
    chains = []
    for chain in formula.chains:
        kept = []
        for statement in chain.statements:
            if _is_setting(statement, scope):
                left_out = "setting"
            elif equation.tied and _is_value(statement):
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
        _is_root(side, scope) and (_is_plain(other) or is_set(other))
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


def is_set(node: t.Node) -> bool:
    """Whether a node is what may stand behind an element sign."""
    return isinstance(node, t.Reals | t.Interval | t.Elements)


def _is_value(statement: t.Statement) -> bool:
    return statement.relation in ("=", "~") and (
        is_constant(statement.right) or is_constant(statement.left)
    )
