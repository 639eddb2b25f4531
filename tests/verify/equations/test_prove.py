"""SymPy proves what it can in time, and cannot hang."""

import time

import pytest

from verify.equations import prove as proving
from verify.equations.build import parse
from verify.equations.prove import Prover, prove
from verify.equations.test_meaning import scope

SIGMOID = scope(
    "u w x y : real\np : positive\nz : real[n]\ni : 1..n\nn : size\nf : func",
    r"f(u) = \frac{1}{1 + \exp(-u)}",
    "z_i = w x + y",
)


def answer(text, asked=prove):
    (statement,) = parse(text, SIGMOID.symbols).statements
    return asked(statement, SIGMOID)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"f'(u) = f(u) (1 - f(u))", "proved"),
        (r"\frac{\partial z_i}{\partial w} = x", "proved"),
        (r"\log(p^2) = 2 \log(p)", "proved"),
        (r"(u + w)^2 = u^2 + w^2", "refuted"),
        (r"\sum_{i=1}^n z_i = n (w x + y)", "unknown"),
        (r"z = w x + y", "unknown"),
    ],
)
def test_scalar_equations_are_proved(text, said, monkeypatch):
    monkeypatch.setattr(proving, "SECONDS", 60)  # on a busy machine
    assert answer(text) == said


def test_a_proof_that_takes_too_long_is_given_up(monkeypatch):
    slow = (
        "(u + w + x + y)^{40} = "
        "((u + w)^2 + 2 (u + w) (x + y) + (x + y)^2)^{20}"
    )
    prover = Prover()
    try:
        assert answer("u = u", prover.ask) == "proved"
        monkeypatch.setattr(proving, "SECONDS", 0.2)
        before = time.monotonic()
        assert answer(slow, prover.ask) == "unknown"
        assert time.monotonic() - before < 5
        assert prover.process is None
        monkeypatch.setattr(proving, "SECONDS", 30)
        assert answer("u = u", prover.ask) == "proved"
    finally:
        prover.stop()
