"""Whether a formula holds, as its comment asks, where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from verify.equations.claims import NOT_SO, claim
from verify.equations.definition import definition
from verify.equations.directives import Directive, Tie
from verify.equations.errors import EquationError, Refuted
from verify.equations.formula import Chain, Node, sides
from verify.equations.reader import parse
from verify.equations.scope import Scope
from verify.equations.ties import check_tie

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
FREE = "nothing above defines a side of this, which so may be anything"
AGAIN = (
    "\n    {0} is defined already: to define another {0}, declare it anew in "
    "<!-- math: symbols … -->"
)


def check(latex: str, asked: Directive, scope: Scope) -> str:
    """Return what a formula is: equation, definition, wrong or setting.

    Raises EquationError where it does not hold or cannot be checked.
    """
    if asked.equals:
        latex += f" = {asked.equals}"
    chains = parse(latex, scope.symbols)
    claims = [each for chain in chains for each in chain if each.is_relation]
    if asked.mode == "wrong":
        _refute(claims, latex, scope)
        return "wrong"
    if asked.mode == "define":
        _define(chains, latex, asked.tie, scope)
        return "definition"
    if not claims and not asked.tie:
        raise EquationError(STATES_NOTHING)
    if asked.is_inline:
        claims = list(_claimed(chains, asked.is_tied, scope))
    for each in claims:
        if not (each.op == r"\leftarrow" and asked.tie):
            claim(each, latex, scope)
    if asked.tie:
        check_tie(asked.tie, chains, scope)
    return "equation" if claims or asked.tie else "setting"


def introduced(latex: str, asked: Directive, scope: Scope) -> Scope:
    """Return the scope behind a formula, unchecked."""
    if asked.mode != "define":
        return scope
    head = parse(latex, scope.symbols)[0][0]
    return scope.defining(definition(head, scope.symbols))


def _refute(claims: list[Node], latex: str, scope: Scope) -> None:
    """Check that something is wrong with a quoted mistake."""
    sides = (side.base for each in claims for side in each.args[:2])
    names = (each.args[0] for each in sides if each.op == "name")
    try:
        for each in claims:
            claim(each, latex, scope)
    except Refuted as error:
        is_free = not all(_is_known(name, scope) for name in names)
        if is_free and error.message.startswith(NOT_SO):
            raise EquationError(FREE) from None
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
    comment ties the number that a symbol is, it is checked there.
    """
    for chain in chains:
        for each in () if _is_setting(chain, scope) else chain:
            is_value = sum(side.is_constant for side in each.args[:2]) == 1
            if not (is_tied and is_value and each.op == "="):
                yield each


def _is_setting(chain: Chain, scope: Scope) -> bool:
    """Whether a chain holds only undefined symbols and numbers.

    Data have values: `$x_1 = 2$` is a claim. A free index is a condition.
    """
    if {each.op for each in chain} & NO_SETTINGS:
        return False
    nodes = sides(chain)
    others = [node.base for node in nodes if not node.is_constant]
    if not others or any(
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
    chains: list[Chain], latex: str, tie: Tie | None, scope: Scope
) -> None:
    """Check a definition, against its code and what else is claimed."""
    head = chains[0][0]
    new = definition(head, scope.symbols)
    key, start = new.key, head.span[0]
    inner = scope.without([new.parameter])
    if key in DATA and not scope.symbols[key].is_own:
        raise EquationError(f"{key} is data: it has no definition", start)
    if new.parameter and not inner.depends(new.body, new.parameter):
        text = f"nothing here depends on {new.parameter}, as {key} has to"
        raise EquationError(text, new.body.span[0])
    is_known = key in scope.definitions
    if not is_known and inner.depends(new.body, key):
        text = f"{key} is defined by itself: write what it is without it"
        raise EquationError(text, new.body.span[0])
    if new.loose and (new.indices or not (tie or is_known)):
        text = f"the index {min(new.loose)} is free here: no sum binds it"
        raise EquationError(text, new.body.span[0])
    if is_known:
        try:
            claim(head, latex, inner)
        except Refuted as error:
            error.message += AGAIN.format(key)
            raise
    elif not (tie or scope.symbols[key].is_own):
        raise EquationError(TIE_IT, start)
    within = inner.defining(new)
    for each in (each for chain in chains for each in chain):
        claim(each, latex, within)
    if tie:
        check_tie(tie, [(head,)], within)
