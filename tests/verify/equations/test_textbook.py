"""Formulas of the field: the true ones pass, the false ones do not."""

import re
from pathlib import Path

import pytest

from verify.equations.check import check, introduced
from verify.equations.directives import Directive
from verify.equations.errors import EquationError, Refuted
from verify.equations.scope import Scope
from verify.equations.symbols import declared

HERE = Path(__file__).parent
DEFINE = Directive("define")


def formulas():
    """Yield (word, formula, scope) for each line of textbook.txt."""
    scope = Scope()
    for line in (HERE / "textbook.txt").read_text("utf-8").splitlines():
        word, _, text = line.partition(" ")
        if word == "==":
            scope = Scope()
        elif word == "declare":
            scope = scope.declaring(declared(text))
        elif word == "define":
            scope = introduced(text, DEFINE, scope)
        elif word in ("true", "false"):
            yield word, text, scope


def of_kind(word):
    """Return the formulas that begin with a word."""
    return [
        pytest.param(text, scope, id=text)
        for found, text, scope in formulas()
        if found == word
    ]


@pytest.mark.parametrize(("text", "scope"), of_kind("true"))
def test_a_true_formula_is_accepted(text, scope):
    check(text, Directive(), scope)


@pytest.mark.parametrize(("text", "scope"), of_kind("false"))
def test_a_false_formula_is_refuted(text, scope):
    with pytest.raises(EquationError) as error:
        check(text, Directive(), scope)
    is_refused = re.search("ambiguous|also stands", error.value.message)
    assert isinstance(error.value, Refuted) or is_refused


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
    scope = Scope().declaring(
        declared(
            "a b c w y L : real\nx : real[n]\nX : real[n,m]\n"
            "i : 1..n\nn m : size\ng : func\n\\eta : step\nu : real"
        )
    )
    with pytest.raises(EquationError) as error:
        check(text, Directive(), scope)
    assert message in error.value.message
