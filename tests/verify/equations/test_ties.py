"""Formulas are compared with the functions that they are tied to."""

import itertools

import pytest

from verify.equations.directives import comment
from verify.equations.errors import EquationError
from verify.equations.reader import parse
from verify.equations.test_meaning import scope
from verify.equations.ties import check_tie

LINE = scope(
    "w b L : real\nx y z e : real[n]\ni : 1..n\nn d : size\nX : real[n,d]\n"
    "k : 1..d",
    "z_i = w x_i + b",
    "e_i = z_i - y_i",
    r"L = \frac{1}{n} \sum_{i=1}^n \frac{1}{2} e_i^2",
)
PLAIN = """
def predict(w, x, b):
    return w * x + b

def half_squared(z, y):
    return (z - y) ** 2 / 2

def loss(w, b, x, y):
    errors = [w * u + b - v for u, v in zip(x, y)]
    return sum(e * e for e in errors) / 2 / len(x)

def both(w, b, x, y):
    e = [w * u + b - v for u, v in zip(x, y)]
    return sum(a * u for a, u in zip(e, x)) / len(x), sum(e) / len(x)

def residuals(w, b, x, y):
    return [w * u + b - v for u, v in zip(x, y)]

def repeated(x, times):
    return [u * times for u in x]
"""
NUMPY = "import numpy as np\ndef loss(w, b, x, y):\n" + (
    "    return ((w * x + b - y) ** 2).mean() / 2\n"
)
TORCH = "import torch\ndef loss(w, b, x, y):\n" + (
    "    return torch.mean((w * x + b - y) ** 2) / 2\n"
    "def total(w, b, x, y):\n    return loss(w, b, x, y) * len(x)\n"
)
numbers = itertools.count()


@pytest.fixture
def tie(book):
    """Return a function that ties a formula to a snippet of a text."""

    def tied(text, words, target):
        name = f"tied{next(numbers)}"
        book.write(f"snippets/{name}/scratch.py", text)
        words = words.replace("=s:", f"={name}.scratch:")
        tied = comment(f"math: verify {words}").tie
        return check_tie(tied, parse(target, LINE.symbols), LINE)

    return tied


def test_numbers_lists_arrays_and_tensors(tie):
    tie(PLAIN, "code=s:predict(w,x_i,b)", "z_i")
    tie(PLAIN, "code=s:half_squared(z_i,y_i)", r"\frac{1}{2} e_i^2")
    tie(PLAIN, "code=s:loss(w,b,x,y)", "L")
    tie(PLAIN, "code=s:both(w,b,x,y)[1]", r"\frac{\partial L}{\partial b}")
    both = r"(\frac{\partial L}{\partial w}, \frac{\partial L}{\partial b})"
    tie(PLAIN, "code=s:both(w,b,x,y)", both)
    tie(PLAIN, "code=s:residuals(w,b,x,y)[i]", "e_i")
    tie(PLAIN, "code=s:residuals(w,b,x,y)", "e")
    tie(PLAIN, "code=s:repeated(x,n)", "n x")
    tie(NUMPY, "code=s:loss(w,b,x,y)", "L")
    tie(TORCH, "code=s:loss(w,b,x,y)", "L")


def test_a_function_of_numbers_of_any_kind_gets_tensors(tie):
    text = "def squashed(w, x):\n    return (w * x).tanh()\n"
    tie(text, "code=s:squashed(w,x_i)", r"\tanh(w x_i)")


def test_an_element_belongs_to_the_indices_of_the_formula(tie):
    text = "def twice(X):\n    return [[2 * v for v in row] for row in X]\n"
    tie(text, "code=s:twice(X)[i,k]", "2 X_{ik}")
    tie(text, "code=s:twice(X)", "2 X")
    with pytest.raises(EquationError, match="disagree"):
        tie(text, "code=s:twice(X)[i,k]", "3 X_{ik}")
    text = "def doubled(x):\n    return [2 * v for v in x]\n"
    tie(text, "code=s:doubled(x)[i]", "2 x_i")


def test_an_element_or_a_row_of_a_matrix_is_named(tie):
    text = "def twice(X):\n    return 1, [[2 * v for v in r] for r in X]\n"
    for pick in ("[1][i,k]", "[1][i][k]"):
        tie(text, f"code=s:twice(X){pick}", "2 X_{ik}")
    with pytest.raises(EquationError, match="disagree"):
        tie(text, "code=s:twice(X)[1][i,k]", "2 X_{1k}")
    with pytest.raises(EquationError, match="fails: IndexError"):
        tie(text, "code=s:twice(X)[2]", "2 X_{ik}")
    with pytest.raises(EquationError, match="the symbol q is not declared"):
        tie(text, "code=s:twice(X)[1][i,q]", "2 X_{ik}")
    text = "def total(row, v):\n    return sum(row) * v\n"
    total = r"\sum_{k=1}^d X_{ik} X_{i,2}"
    tie(text, "code=s:total(X_i,X_{i,2})", total)
    with pytest.raises(EquationError, match="disagree"):
        tie(text, "code=s:total(X_1,X_{i,2})", total)


def test_an_index_of_python_counts_from_0(tie):
    text = "def chosen(x, n):\n    return x[n]\n"
    tie(text, "code=s:chosen(x,i-1)", "x_i")
    with pytest.raises(EquationError):
        tie(text, "code=s:chosen(x,i)", "x_i")


def test_what_is_no_number_is_not_equal(tie):
    text = "def lost(w, b):\n    return w * b * float('nan')\n"
    with pytest.raises(EquationError, match="nan"):
        tie(text, "code=s:lost(w,b)", "b w")


def test_a_difference_shows_both_values(tie):
    with pytest.raises(EquationError) as error:
        tie(PLAIN, "code=s:loss(w,b,x,y)", "2 L")
    assert "formula and code disagree" in error.value.message
    assert "scratch.loss returns" in error.value.message
    assert "the formula" in error.value.message


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("code=nowhere.scratch:loss(w)", "No module named"),
        ("code=s:lost(w)", "has no attribute 'lost'"),
        ("code=s:loss(w)", "fails: TypeError"),
        ("code=s:loss(w,b,x,q)", "cannot be read: the symbol q"),
        ("code=s:residuals(w,b,x,y)", "the shape"),
    ],
)
def test_a_tie_to_nothing_says_so(tie, words, said):
    with pytest.raises(EquationError) as error:
        tie(PLAIN, words, "L")
    assert said in error.value.message
