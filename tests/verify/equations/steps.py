"""The steps of a formula: checked, proved, and tied to code."""

from __future__ import annotations

from verify.equations import tree as t
from verify.equations.directives import Tie
from verify.equations.errors import False_, Untied
from verify.equations.printer import latex
from verify.equations.prove import prove
from verify.equations.relations import check
from verify.equations.scope import Scope
from verify.equations.symbols import key
from verify.equations.ties import check_autograd, check_code
from verify.equations.trials import latex_step


def checked_step(statement: t.Statement, scope: Scope, proofs: bool) -> str:
    """Check one relation, and prove it where that can be done.

    Raises EquationError where it does not hold.
    """
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


def checked_ties(
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
    return isinstance(node, t.Derivative | t.Gradient) and any(
        key(latex(variable)) == key(name) for variable in node.variables
    )
