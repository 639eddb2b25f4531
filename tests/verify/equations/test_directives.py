"""The comments that say what an equation is."""

import pytest

from verify.equations.directives import Directive, Tie, comment
from verify.equations.errors import EquationError


def test_modes_and_ties():
    assert comment(" math: wrong ") == Directive("wrong")
    assert comment(
        r"math: verify code=a.b:f(w, \bar{x},\eta)[1]"
    ) == Directive(
        "verify", Tie("a.b", "f", ("w", r"\bar{x}", r"\eta"), ("1",))
    )
    tie = comment("math: define code=a.b:f((w + b),x_{1,2})").tie
    assert tie.arguments == ("(w + b)", "x_{1,2}")
    for text in ("[i,k]", "[i, k]", "[i][k]"):
        tie = comment(f"math: define code=a.b:f(Z){text}").tie
        assert tie.picks == ("i", "k")


@pytest.mark.parametrize(
    "content",
    [
        "check",
        "skip an outlook",
        "given",
        "tested tests/line/test_scratch.py::test_it",
        "wrong because it is",
        "define code=f(w)",
        "define code=a.b:f(w",
        "define code=a.b:f(w)/w",
        "define code=a.b:f(w)[k",
        "define code=a.b:f(w)[i;k]",
        "verify autograd=a.b:f(w)/w",
        "verify code=a.b:f(w) code=a.b:g(w)",
        "verify because it is so",
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(EquationError):
        comment(f"math: {content}")


def test_what_is_not_about_formulas_is_left_to_others():
    assert comment(" parity: allow 1 ") is None
    assert comment("= train().w") == Directive(is_tied=True)
    assert comment("math: symbols\nw : real").symbols[0].key == "w"
    with pytest.raises(EquationError, match="nobody reads"):
        comment("define code=a.b:f(w)")
