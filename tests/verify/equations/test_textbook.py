"""Formulas of the field: the true ones pass, the false ones do not."""

from pathlib import Path

import pytest

from verify.equations.build import parse
from verify.equations.definitions import definition, extended
from verify.equations.errors import (
    EquationError,
    False_,
    Misfit,
    Unreadable,
    Untied,
)  # fmt: skip
from verify.equations.printer import latex
from verify.equations.relations import check
from verify.equations.scope import Scope
from verify.equations.symbols import declared

HERE = Path(__file__).parent


def formulas():
    """Yield (word, formula, scope) for each line of textbook.txt."""
    scope = Scope()
    for line in (HERE / "textbook.txt").read_text("utf-8").splitlines():
        word, _, text = line.partition(" ")
        if word == "==":
            scope = Scope()
        elif word == "declare":
            scope = scope.with_symbols(declared(text))
        elif word == "define":
            yield word, text, scope
            statement = parse(text, scope.symbols, True).statements[0]
            new = definition(statement, scope.symbols)
            scope = Scope(scope.symbols, extended(scope.definitions, new))
        elif word in ("true", "false"):
            yield word, text, scope


def of_kind(*words):
    """Return the formulas that begin with one of these words."""
    return [
        pytest.param(text, scope, id=text)
        for word, text, scope in formulas()
        if word in words
    ]


def holds(text, scope):
    """Check every step of a formula."""
    for statement in parse(text, scope.symbols).statements:
        check(statement, scope)


@pytest.mark.parametrize(("text", "scope"), of_kind("true"))
def test_a_true_formula_is_accepted(text, scope):
    holds(text, scope)


@pytest.mark.parametrize(("text", "scope"), of_kind("false"))
def test_a_false_formula_is_refuted(text, scope):
    with pytest.raises((False_, Misfit, Unreadable, Untied)):
        holds(text, scope)


@pytest.mark.parametrize(("text", "scope"), of_kind("true", "false", "define"))
def test_printing_and_reading_again_changes_nothing(text, scope):
    once = parse(text, scope.symbols, True)
    printed = latex(once)
    assert parse(printed, scope.symbols, True) == once, printed


def test_there_are_many_formulas():
    assert len(of_kind("true")) >= 100
    assert len(of_kind("false")) >= 60


REFUSED = [
    pytest.param(*(part.strip() for part in line.split(" | ")), id=line)
    for line in (HERE / "refused.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_could_be_misread_is_refused(text, message):
    scope = Scope().with_symbols(
        declared(
            "a b c w y L : real\nx : real[n]\nX : real[n,m]\n"
            "i : 1..n\nn m : size\ng : func\n\\eta : step\nu : real"
        )
    )
    with pytest.raises(EquationError) as error:
        holds(text, scope)
    assert message in error.value.message
