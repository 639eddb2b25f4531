"""Whether a formula holds, as its comment asks, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from verify.equations.claims import claim
from verify.equations.directives import Directive, Tie
from verify.equations.errors import (
    False_,
    Meaningless,
    Misfit,
    Unreadable,
    Untied,
)
from verify.equations.formula import Chain, Claim, Node
from verify.equations.point import data
from verify.equations.reader import parse
from verify.equations.scope import Clause, Scope, is_same
from verify.equations.ties import check_ties, indices

NO_SETTINGS = {"range", r"\leftarrow", r"\in"}
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
    if asked.mode == "wrong":
        _refute(chains, latex, scope)
        return Verdict("wrong")
    if asked.mode == "define":
        _define(chains, latex, asked, scope)
        return Verdict("definition")
    kind, claims = "equation", [c for chain in chains for c in chain.claims]
    if not claims and not asked.ties:
        raise Meaningless(
            "this states no relation: write what it equals, or tie it to "
            "code: <!-- math: verify code=… -->"
        )
    if asked.is_inline:
        kind, claims = _claimed(chains, asked, scope)
    has_code = any(tie.kind == "code" for tie in asked.ties)
    for each in claims:
        if not (each.relation == r"\leftarrow" and has_code):
            claim(each, latex, scope)
    check_ties(asked.ties, chains, scope)
    return Verdict(kind)


def introduced(latex: str, asked: Directive, scope: Scope) -> Scope:
    """Return the scope behind a formula, unchecked."""
    if asked.mode != "define":
        return scope
    head = _head(parse(latex, scope.symbols))
    return scope.defining(*_definition(head, scope))


def _refute(chains: list[Chain], latex: str, scope: Scope) -> None:
    """Check that something is wrong with a quoted mistake."""
    try:
        for each in (each for chain in chains for each in chain.claims):
            claim(each, latex, scope)
    except (False_, Misfit):
        return
    raise Meaningless(
        "this is marked as wrong, but the check finds nothing wrong with it"
    )


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
    known, kinds = {*scope.definitions, *data(scope.symbols)}, set()
    if {each.relation for each in chain.claims} & NO_SETTINGS:
        return False
    for node in [chain.first, *(each.right for each in chain.claims)]:
        kind = "number" if node.is_constant else node.base.op
        is_known = kind == "name" and node.base.args[0] in known
        if is_known or kind not in ("number", "name", "index"):
            return False
        kinds.add(kind)
    return "number" in kinds or kinds == {"index"}


def _define(
    chains: list[Chain], latex: str, asked: Directive, scope: Scope
) -> None:
    """Check a definition, against its code and what else is claimed."""
    head = _head(chains)
    key, clause = _definition(head, scope)
    _introduce(head, key, clause, asked.ties, latex, scope)
    within = scope.defining(key, clause).without(clause[1])
    for each in (each for chain in chains for each in chain.claims):
        claim(each, latex, within)
    check_ties(asked.ties, [Chain(head.left, (head,))], within)


def _head(chains: list[Chain]) -> Claim:
    """Return the claim that defines: the first one."""
    for each in chains[0].claims[:1]:
        if each.relation == "=":
            return each
    raise Unreadable("a definition begins with what it defines, and =", 0)


def _introduce(
    head: Claim, key: str, clause: Clause, ties: tuple[Tie, ...], latex: str,
    scope: Scope,
) -> None:  # fmt: skip
    """Check that a definition defines: something new, by something else."""
    place = head.left.span[0]
    if key in data(scope.symbols):
        raise Unreadable(f"{key} is data: it has no definition", place)
    pattern, parameters, body = clause
    is_step = any(shift for _, shift in pattern)
    if not is_step and scope.without({key}).depends(body, key):
        raise Meaningless(f"{key} is defined by itself", place)
    for name in parameters:
        if not scope.without(parameters).depends(body, name):
            raise Meaningless(f"{key} does not depend on {name}", place)
    fixed = set() if pattern else indices(ties, scope)
    known = scope.definitions.get(key, ())
    same = [c for c in known if is_same(c[0], pattern)]
    if not pattern:
        fixed |= set().union(*(each[2].free() for each in same))
    own = {name for name, _ in pattern}
    for name in sorted(body.free() - own - fixed):
        raise Meaningless(
            f"the index {name} is free here: no sum binds it, and no argument "
            "of the code does",
            head.right.span[0],
        )
    if same:
        try:
            claim(head, latex, scope.without(parameters))
        except False_ as error:
            error.message += (
                f"\n    {key} is defined already: to define another {key}, "
                f"declare it anew in <!-- math: symbols … -->"
            )
            raise
    elif not ties and not scope.symbols[key].is_own:
        raise Untied(TIE_IT, place)


def _definition(head: Claim, scope: Scope) -> tuple[str, Clause]:
    """Return what a claim defines, and by what."""
    left = head.left
    if left.op == "name" and scope.symbols[left.args[0]].is_number:
        return left.args[0], ((), (), head.right)
    if left.op == "at" and left.base.op == "name":
        key, places = left.base.args[0], left.args[1:]
        if len(places) != len(scope.symbols[key].shape):
            raise Unreadable("a definition has all indices", left.span[0])
        return key, (tuple(map(_pattern, places)), (), head.right)
    is_plain = all(each.op == "name" for each in left.nodes)
    if left.op == "call" and is_plain and not left.args[1]:
        parameters = tuple(each.args[0] for each in left.nodes)
        return left.args[0], ((), parameters, head.right)
    raise Unreadable(
        "a definition has a symbol, an element or f(u) on its left",
        left.span[0],
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
    raise Unreadable(
        "a definition has an index such as i, t+1 or 0 on its left",
        place.span[0],
    )
