"""Whether a formula holds, as its comment asks, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verify.equations.claims import claim
from verify.equations.directives import Directive, Tie
from verify.equations.errors import EquationError, Refuted
from verify.equations.formula import Chain, Node, sides
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
AGAIN = (
    "\n    {0} is defined already: to define another {0}, declare it anew in "
    "<!-- math: symbols … -->"
)


@dataclass(frozen=True)
class Verdict:
    """What a formula that holds is found to be.

    `kind` is one of equation, definition, wrong and setting.
    """

    kind: str


def check(latex: str, asked: Directive, scope: Scope) -> Verdict:
    """Check a formula.

    Raises EquationError where it does not hold or cannot be checked.
    """
    if asked.equals:
        latex += f" = {asked.equals}"
    chains = parse(latex, scope.symbols)
    claims = [each for chain in chains for each in chain if each.is_relation]
    if asked.mode == "wrong":
        _refute(claims, latex, scope)
        return Verdict("wrong")
    if asked.mode == "define":
        _define(chains, latex, asked.ties, scope)
        return Verdict("definition")
    if not claims and not asked.ties:
        raise EquationError(STATES_NOTHING)
    if asked.is_inline:
        claims = list(_claimed(chains, asked.is_tied, scope))
    has_code = any(not tie.by for tie in asked.ties)
    for each in claims:
        if not (each.op == r"\leftarrow" and has_code):
            claim(each, latex, scope)
    check_ties(asked.ties, chains, scope)
    return Verdict("equation" if claims or asked.ties else "setting")


def introduced(latex: str, asked: Directive, scope: Scope) -> Scope:
    """Return the scope behind a formula, unchecked."""
    if asked.mode != "define":
        return scope
    _, key, clause = _definition(parse(latex, scope.symbols), scope)
    return scope.defining(key, clause)


def _refute(claims: list[Node], latex: str, scope: Scope) -> None:
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
    chains: list[Chain], is_tied: bool, scope: Scope
) -> Iterator[Node]:
    """Yield what an inline formula claims.

    `$w = 0$` sets an undefined symbol: there is nothing to check. Where a
    comment ties a number to code, it is checked there.
    """
    for chain in chains:
        for each in () if _is_setting(chain, scope) else chain:
            is_number = any(side.is_constant for side in each.args[:2])
            is_value = is_number and each.op in ("=", r"\approx")
            if not (is_tied and is_value):
                yield each


def _is_setting(chain: Chain, scope: Scope) -> bool:
    """Whether a chain holds only undefined symbols and numbers.

    Data have values: `$x_1 = 2$` is a claim. A free index is a condition.
    """
    if {each.op for each in chain} & NO_SETTINGS:
        return False
    nodes = sides(chain)
    others = [node.base for node in nodes if not node.is_constant]
    if any(
        node.op not in ("name", "index") or _is_known(node.args[0], scope)
        for node in others
    ):
        return False
    has_number = len(others) < len(nodes)
    return has_number or all(node.op == "index" for node in others)


def _is_known(key: str, scope: Scope) -> bool:
    is_data = key in DATA and not scope.symbols[key].is_own
    return is_data or key in scope.definitions


# ---- definitions ------------------------------------------------------------


def _define(
    chains: list[Chain], latex: str, ties: tuple[Tie, ...], scope: Scope
) -> None:
    """Check a definition, against its code and what else is claimed."""
    head, key, clause = _definition(chains, scope)
    pattern, parameters, body = clause
    place, inner = head.args[0].span[0], scope.without(parameters)
    if key in DATA and not scope.symbols[key].is_own:
        raise EquationError(f"{key} is data: it has no definition", place)
    known = scope.definitions.get(key, ())
    loose = body.free() - {name for name, _ in pattern}
    if loose and (pattern or not (ties or known)):
        text = f"the index {min(loose)} is free here: no sum binds it"
        raise EquationError(text, body.span[0])
    if any(is_same(each[0], pattern) for each in known):
        try:
            claim(head, latex, inner)
        except Refuted as error:
            error.message += AGAIN.format(key)
            raise
    elif not (ties or scope.symbols[key].is_own):
        raise EquationError(TIE_IT, place)
    within = inner.defining(key, clause)
    for each in (each for chain in chains for each in chain):
        claim(each, latex, within)
    check_ties(ties, [(head,)], within)


def _definition(chains: list[Chain], scope: Scope) -> tuple[Node, str, Clause]:
    """Return the claim that defines, the first, with what it defines."""
    head = chains[0][0]
    if head.op == "=":
        left, body, *_ = head.args
        base = left.base
        is_symbol = base.op == "name" and scope.symbols[base.args[0]].is_number
        sizes = scope.symbols[base.args[0]].shape if is_symbol else ()
        if is_symbol and len(left.args) in (1, len(sizes) + 1):
            pattern = tuple(map(_pattern, left.args[1:]))
            return head, base.args[0], (pattern, (), body)
        is_plain = all(each.op == "name" for each in left.nodes)
        if left.op == "call" and is_plain and not left.args[1]:
            parameters = tuple(each.args[0] for each in left.nodes)
            return head, left.args[0], ((), parameters, body)
    raise EquationError(
        "a definition has a symbol, an element or f(u) on its left, and =",
        sides(chains[0])[0].span[0],
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
