"""Whether a formula holds, as its comment asks, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
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

TIE_IT = (
    "a definition has to be tied to tested code: <!-- math: define "
    "code=chapter.role:function(w,x_i) -->; only what this page declares in "
    "<!-- math: symbols … --> may do without"
)


@dataclass(frozen=True)
class Verdict:
    """What a formula is found to be, how it was checked, what holds behind.

    `kind` is one of equation, definition, wrong, setting and tied.
    """

    kind: str
    steps: tuple[str, ...]
    scope: Scope


def check(latex: str, asked: Directive, scope: Scope) -> Verdict:
    """Check a formula.

    Raises EquationError where it does not hold or cannot be checked.
    """
    chains = parse(latex, scope.symbols)
    if asked.mode == "wrong":
        return Verdict("wrong", (_refuted(chains, latex, scope),), scope)
    if asked.mode == "define":
        return _defined(chains, latex, asked, scope)
    kind, claims = "equation", [c for chain in chains for c in chain.claims]
    if not claims and not asked.ties:
        raise Meaningless(
            "this states no relation: write what it equals, or tie it to "
            "code: <!-- math: verify code=… -->"
        )
    if asked.is_inline:
        kind, claims = _claimed(chains, asked, scope)
    has_code = any(tie.kind == "code" for tie in asked.ties)
    steps = [
        claim(each, latex, scope)
        for each in claims
        if not (each.relation == r"\leftarrow" and has_code)
    ]
    steps += check_ties(asked.ties, chains, scope)
    return Verdict(kind, tuple(steps), scope)


def introduced(latex: str, asked: Directive, scope: Scope) -> Scope:
    """Return the scope behind a formula, unchecked."""
    if asked.mode != "define":
        return scope
    inner = scope
    for head in _heads(parse(latex, scope.symbols), asked):
        inner = inner.defining(*_definition(head, scope))
    return inner


def _refuted(chains: list[Chain], latex: str, scope: Scope) -> str:
    """Return what is wrong with a quoted mistake."""
    claims = [each for chain in chains for each in chain.claims]
    for each in claims:
        try:
            claim(each, latex, scope)
        except (False_, Misfit) as error:
            return error.message
        except Untied as error:
            if each.relation != r"\leftarrow":
                raise
            return error.message
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
            is_value = each.relation in ("=", r"\approx") and (
                each.left.is_constant or each.right.is_constant
            )
            if asked.is_tied and is_value:
                kind = "tied"
            else:
                found.append(each)
    return ("equation" if found else kind), found


def _is_setting(chain: Chain, scope: Scope) -> bool:
    """Whether a chain holds only undefined symbols and numbers.

    Data have values: `$x_1 = 2$` is a claim. A free index is a condition.
    """
    known = {*scope.definitions, *data(scope.symbols)}
    kinds = []
    for node in [chain.first, *(each.right for each in chain.claims)]:
        base = node.args[0] if node.op == "at" else node
        if node.op == "reals" or chain.claims[0].relation in (
            "range", r"\leftarrow",
        ):  # fmt: skip
            return False
        if node.is_constant:
            kinds.append("number")
        elif node.op == "index":
            kinds.append("index")
        elif base.op == "name" and base.args[0] not in known:
            kinds.append("symbol")
        else:
            return False
    return "number" in kinds or set(kinds) == {"index"}


def _defined(
    chains: list[Chain], latex: str, asked: Directive, scope: Scope
) -> Verdict:
    """Check definitions, each against its code."""
    codes = [tie for tie in asked.ties if tie.kind == "code"]
    heads = _heads(chains, asked)
    if not heads or not all(chain.claims for chain in chains):
        raise Unreadable("a definition needs a relation", 0)
    inner, steps, own = scope, [], {}
    for n, head in enumerate(heads):
        tie = codes[n] if n < len(codes) else None
        key, clause = _definition(head, scope)
        own[head] = clause[1]
        steps += _introduce(head, key, clause, tie, latex, scope)
        inner = inner.defining(key, clause)
    for chain in chains:
        within = inner.without(own.get(chain.claims[0], ()))
        steps += [claim(each, latex, within) for each in chain.claims]
    for tie, head in zip(codes, heads, strict=False):
        chain = Chain(head.left, (head,))
        steps += check_ties((tie,), [chain], inner.without(own[head]))
    rest = tuple(tie for tie in asked.ties if tie.kind != "code")
    steps += check_ties(rest, chains, inner)
    return Verdict("definition", tuple(steps), inner)


def _heads(chains: list[Chain], asked: Directive) -> list[Claim]:
    """Return the claims that define: the first of each of the first chains."""
    codes = sum(tie.kind == "code" for tie in asked.ties)
    firsts = [chain.claims[0] for chain in chains if chain.claims]
    return [c for c in firsts if c.relation == "="][: max(1, codes)]


def _introduce(
    head: Claim, key: str, clause: Clause, tie: Tie | None, latex: str,
    scope: Scope,
) -> Iterator[str]:  # fmt: skip
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
    fixed = indices(tie, scope) if tie and not pattern else set()
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
            yield claim(head, latex, scope.without(parameters))
        except False_ as error:
            error.message += (
                f"\n    {key} is defined already: to define another {key}, "
                f"declare it anew in <!-- math: symbols … -->"
            )
            raise
    elif tie is None and not scope.symbols[key].is_own:
        raise Untied(TIE_IT, place)


def _definition(head: Claim, scope: Scope) -> tuple[str, Clause]:
    """Return what a claim defines, and by what."""
    left = head.left
    if left.op == "name" and scope.symbols[left.args[0]].is_number:
        return left.args[0], ((), (), head.right)
    if left.op == "at" and left.args[0].op == "name":
        base, *places = left.args
        return base.args[0], (tuple(map(_pattern, places)), (), head.right)
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
