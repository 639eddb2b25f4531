"""Whether a formula holds, as its comment asks, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from verify.equations.claims import claim
from verify.equations.directives import Directive, Tie
from verify.equations.errors import EquationError, Refuted
from verify.equations.formula import Chain, Claim, Node
from verify.equations.reader import parse
from verify.equations.scope import Clause, Scope, is_same
from verify.equations.ties import check_ties

DATA = ("x", "y", "n")  # unless a page declares its own
NO_SETTINGS = {"range", r"\leftarrow"}
STATES_NOTHING = (
    "this states no relation: write what it equals, or tie it to code: "
    "<!-- math: verify code=… -->"
)
TIE_IT = (
    "a definition has to be tied to tested code: <!-- math: define "
    "code=chapter.role:function(w,x_i) -->; only what this page declares in "
    "<!-- math: symbols … --> may do without"
)


@dataclass(frozen=True)
class Verdict:
    """What a formula that holds is found to be.

    `kind` is one of equation, definition, wrong, setting and tied.
    """

    kind: str


def check(latex: str, asked: Directive, scope: Scope) -> Verdict:
    """Check a formula.

    Raises EquationError where it does not hold or cannot be checked.
    """
    if asked.equals:
        latex += f" = {asked.equals}"
    chains = parse(latex, scope.symbols)
    kind, claims = "equation", [c for chain in chains for c in chain.claims]
    if asked.mode == "wrong":
        _refute(claims, latex, scope)
        return Verdict("wrong")
    if asked.mode == "define":
        _define(chains, claims, latex, asked, scope)
        return Verdict("definition")
    if not claims and not asked.ties:
        raise EquationError(STATES_NOTHING)
    if asked.is_inline:
        kind, claims = _claimed(chains, asked, scope)
    has_code = any(not tie.by for tie in asked.ties)
    for each in claims:
        if not (each.relation == r"\leftarrow" and has_code):
            claim(each, latex, scope)
    check_ties(asked.ties, chains, scope)
    return Verdict(kind)


def introduced(latex: str, asked: Directive, scope: Scope) -> Scope:
    """Return the scope behind a formula, unchecked."""
    if asked.mode != "define":
        return scope
    _, key, clause = _definition(parse(latex, scope.symbols), scope)
    return scope.defining(key, clause)


def _refute(claims: list[Claim], latex: str, scope: Scope) -> None:
    """Check that something is wrong with a quoted mistake."""
    try:
        for each in claims:
            claim(each, latex, scope)
    except Refuted:
        return
    raise EquationError(
        "this is marked as wrong, but the check finds nothing wrong with it"
    )


# ---- formulas in sentences --------------------------------------------------


def _claimed(
    chains: list[Chain], asked: Directive, scope: Scope
) -> tuple[str, list[Claim]]:
    """Return what an inline formula claims, and what it is besides.

    `$w = 0$` sets an undefined symbol: there is nothing to check. Where a
    comment ties a number to code, it is checked there.
    """
    kind, found = "equation", []
    for chain in chains:
        if _is_setting(chain, scope):
            kind = "setting"
            continue
        for each in chain.claims:
            is_number = each.left.is_constant or each.right.is_constant
            is_value = is_number and each.relation in ("=", r"\approx")
            if asked.is_tied and is_value:
                kind = "tied"
            else:
                found.append(each)
    return ("equation" if found else kind), found


def _is_setting(chain: Chain, scope: Scope) -> bool:
    """Whether a chain holds only undefined symbols and numbers.

    Data have values: `$x_1 = 2$` is a claim. A free index is a condition.
    """
    if {each.relation for each in chain.claims} & NO_SETTINGS:
        return False
    others = [node.base for node in chain.nodes if not node.is_constant]
    if any(
        node.op not in ("name", "index") or _is_known(node.args[0], scope)
        for node in others
    ):
        return False
    has_number = len(others) < len(chain.nodes)
    return has_number or all(node.op == "index" for node in others)


def _is_known(key: str, scope: Scope) -> bool:
    is_data = key in DATA and not scope.symbols[key].is_own
    return is_data or key in scope.definitions


# ---- definitions ------------------------------------------------------------


def _define(
    chains: list[Chain], claims: list[Claim], latex: str, asked: Directive,
    scope: Scope,
) -> None:  # fmt: skip
    """Check a definition, against its code and what else is claimed."""
    head, key, clause = _definition(chains, scope)
    _introduce(head, key, clause, asked.ties, latex, scope)
    within = scope.defining(key, clause).without(clause[1])
    for each in claims:
        claim(each, latex, within)
    check_ties(asked.ties, [Chain(head.left, (head,))], within)


def _introduce(
    head: Claim, key: str, clause: Clause, ties: tuple[Tie, ...], latex: str,
    scope: Scope,
) -> None:  # fmt: skip
    """Check that a definition defines: something new, by something else."""
    place, (pattern, parameters, body) = head.left.span[0], clause
    if key in DATA and not scope.symbols[key].is_own:
        raise EquationError(f"{key} is data: it has no definition", place)
    known = scope.definitions.get(key, ())
    if any(is_same(each[0], pattern) for each in known):
        try:
            claim(head, latex, scope.without(parameters))
        except Refuted as error:
            error.message += (
                f"\n    {key} is defined already: to define another {key}, "
                f"declare it anew in <!-- math: symbols … -->"
            )
            raise
    elif not ties:
        if not scope.symbols[key].is_own:
            raise EquationError(TIE_IT, place)
        for name in body.free() - {name for name, _ in pattern}:
            text = f"the index {name} is free here: no sum binds it"
            raise EquationError(text, head.right.span[0])


def _definition(
    chains: list[Chain], scope: Scope
) -> tuple[Claim, str, Clause]:
    """Return the claim that defines, the first, with what it defines."""
    for head in chains[0].claims[:1]:
        if head.relation != "=":
            break
        left, base = head.left, head.left.base
        is_symbol = base.op == "name" and scope.symbols[base.args[0]].is_number
        sizes = scope.symbols[base.args[0]].shape if is_symbol else ()
        if is_symbol and len(left.args) in (1, len(sizes) + 1):
            pattern = tuple(map(_pattern, left.args[1:]))
            return head, base.args[0], (pattern, (), head.right)
        is_plain = all(each.op == "name" for each in left.nodes)
        if left.op == "call" and is_plain and not left.args[1]:
            parameters = tuple(each.args[0] for each in left.nodes)
            return head, left.args[0], ((), parameters, head.right)
    raise EquationError(
        "a definition has a symbol, an element or f(u) on its left, and =",
        chains[0].first.span[0],
    )


def _pattern(place: Node) -> tuple[str, int]:
    """Return an index of a definition's left side as (name, shift)."""
    match place:
        case Node("index", (name,)):
            return name, 0
        case Node("num", (text,)):
            return "", int(text)
        case Node("add", (Node("index", (name,)), Node("num", (text,)))):
            return name, int(text)
    raise EquationError(
        "a definition has an index such as i, t+1 or 0 on its left",
        place.span[0],
    )
