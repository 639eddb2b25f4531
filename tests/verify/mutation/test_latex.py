r"""Formulas are mutated in all that print gets wrong."""

import pytest

from verify.equations.errors import EquationError
from verify.equations.test_meaning import holds, scope
from verify.mutation.latex import formulas

LINE = scope(
    "w b c L : real\nx y z e \\hat{y} \\ell : real[n]\na : unit\ni : 1..n\n"
    "n : size\n\\eta : step\nu_t g_t : real[0..T]\nt : 0..T\nT : size",
    "z_i = w x_i + b",
    r"\hat{y}_i = z_i",
    "e_i = z_i - y_i",
    r"\ell_i = \frac{1}{2} e_i^2",
    r"L = \frac{1}{n} \sum_{i=1}^n \ell_i",
    r"u_t = c - \eta \sum_{s=0}^{t-1} g_s",
)
# What stands in print, and in errata after that.
ERRATA = {
    "a lost half": (
        r"L = \frac{1}{2 n} \sum_{i=1}^n e_i^2",
        r"L = \frac{1}{n} \sum_{i=1}^n e_i^2",
    ),
    "an update of w with the slope by b": (
        r"w \leftarrow w - \eta \frac{\partial L}{\partial w}",
        r"w \leftarrow w - \eta \frac{\partial L}{\partial b}",
    ),
    "a sum up to t instead of t - 1": (
        r"u_t = u_0 - \eta \sum_{s=0}^{t-1} g_s",
        r"u_t = u_0 - \eta \sum_{s=0}^{t} g_s",
    ),
    "a logarithm with the argument as its base": (
        r"-\log(a) > 0",
        r"-\log_a > 0",
    ),
    "x_i outside of its sum": (
        r"\frac{\partial L}{\partial w} = \frac{1}{n} \sum_{i=1}^n e_i x_i",
        r"\frac{\partial L}{\partial w} = \frac{1}{n} x_i \sum_{i=1}^n e_i",
    ),
    "prediction and label swapped": (
        r"\frac{\partial L}{\partial b} = "
        r"\frac{1}{n} \sum_{i=1}^n (\hat{y}_i - y_i)",
        r"\frac{\partial L}{\partial b} = "
        r"\frac{1}{n} \sum_{i=1}^n (y_i - \hat{y}_i)",
    ),
}


@pytest.mark.parametrize("name", ERRATA)
def test_mistakes_of_real_errata_are_found(name):
    right, wrong = ERRATA[name]
    holds(right, LINE)
    with pytest.raises(EquationError):
        holds(wrong, LINE)


def planted(latex):
    edits = formulas(latex, LINE.symbols)
    return [latex[:a] + new + latex[b:] for a, b, new in edits]


def test_mutants_change_one_spot():
    found = planted(r"L = \frac{1}{n} \sum_{i=1}^n (z_i - y_i)^2 x_i")
    for latex in (
        r"L = \sum_{i=1}^n (z_i - y_i)^2 x_i",
        r"L = \frac{n}{1} \sum_{i=1}^n (z_i - y_i)^2 x_i",
        r"L = \frac{1}{n} \sum_{i=1}^n (z_i + y_i)^2 x_i",
        r"L = \frac{1}{n} \sum_{i=1}^n (z_i - y_i) x_i",
        r"L = \frac{1}{n} \sum_{i=1}^n (z_i - y_i)^3 x_i",
        r"L = \frac{1}{n} \sum_{i=1}^n (z_i - y_i)^2",
        r"L = \frac{1}{n} \sum_{i=1}^n (z_i)^2 x_i",
        r"L = \frac{1}{n} \sum_{i=1}^n (z_i - y_i)^2 x",
        r"L = \frac{1}{n} \sum_{i=1}^n (z_i - y_i)^2 x_1",
        r"L = \frac{1}{n} \sum_{i=1}^{n - 1} (z_i - y_i)^2 x_i",
        r"L = \frac{1}{n} \sum_{i=2}^n (z_i - y_i)^2 x_i",
        r"L = \frac{1}{n} \sum_{i=1}^n (y_i - y_i)^2 x_i",
        r"L = \frac{1}{n} \prod_{i=1}^n (z_i - y_i)^2 x_i",
    ):
        assert latex in found, latex


def test_derivatives_and_updates_are_mutated_too():
    found = planted(r"w \leftarrow w - \eta \frac{\partial L}{\partial w}")
    assert r"w \leftarrow w - \eta \frac{\partial L}{\partial b}" in found
    assert r"w \leftarrow w + \eta \frac{\partial L}{\partial w}" in found
    assert r"w \leftarrow w - \frac{\partial L}{\partial w}" in found
