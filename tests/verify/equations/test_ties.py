"""Formulas are compared with the functions that they are tied to."""

import itertools

import pytest

from verify.equations.build import parse
from verify.equations.directives import directive
from verify.equations.errors import Untied
from verify.equations.test_meaning import scope
from verify.equations.ties import check_autograd, check_code

LINE = scope(
    "w b L : real\nx y z e : real[n]\ni : 1..n\nn : size\nX : real[n,n]",
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

    def tied(text, words, target, check=check_code):
        name = f"tied{next(numbers)}"
        book.write(f"snippets/{name}/scratch.py", text)
        (one,) = directive(
            "verify " + words.replace("=s:", f"={name}.scratch:")
        ).ties
        (chain,) = parse(target, LINE.symbols).chains
        return check(one, chain.first, LINE)

    return tied


def test_numbers_lists_arrays_and_tensors(tie):
    tie(PLAIN, "code=s:predict(w,x_i,b)", "z_i")
    tie(PLAIN, "code=s:half_squared(z,y)", r"\frac{1}{2} e_i^2")
    tie(PLAIN, "code=s:loss(w,b,x,y)", "L")
    tie(PLAIN, "code=s:both(w,b,x,y)[1]", r"\frac{\partial L}{\partial b}")
    tie(PLAIN, "code=s:both(w,b,x,y)", r"\nabla_{w, b} L")
    tie(PLAIN, "code=s:residuals(w,b,x,y)", "e_i")
    tie(PLAIN, "code=s:residuals(w,b,x,y)", "e")
    tie(PLAIN, "code=s:repeated(x,times=n)", "n x")
    tie(NUMPY, "code=s:loss(w,b,x,y)", "L")
    tie(TORCH, "code=s:loss(w,b,x,y)", "L")


def test_a_function_of_numbers_of_any_kind_gets_tensors(tie):
    text = "def squashed(w, x):\n    return (w * x).tanh()\n"
    tie(text, "code=s:squashed(w,x_i)", r"\tanh(w x_i)")


def test_a_difference_shows_both_values(tie):
    with pytest.raises(Untied) as error:
        tie(PLAIN, "code=s:loss(w,b,x,y)", "2 L")
    assert "formula and code disagree" in error.value.message
    assert "scratch.loss returns" in error.value.message
    assert "the formula" in error.value.message


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("code=nowhere.scratch:loss(w)", "there is no snippet nowhere"),
        ("code=s:lost(w)", "has no function lost"),
        ("code=s:loss(w)", "fails: TypeError"),
        ("code=s:loss(w,b,x,q)", "'q' cannot be read"),
        ("code=s:residuals(w,b,x,y)", "the shape"),
    ],
)
def test_a_tie_to_nothing_says_so(tie, words, said):
    with pytest.raises(Untied) as error:
        tie(PLAIN, words, "L")
    assert said in error.value.message


def test_gradients_are_compared_with_autograd_and_differences(tie):
    slope = r"\frac{\partial L}{\partial w}"
    for text in (PLAIN, TORCH):
        tie(text, "autograd=s:loss(w,b,x,y)/w", slope, check_autograd)
    tie(TORCH, "autograd=s:loss(w,b,x,y)/x", r"\nabla_{x} L", check_autograd)
    with pytest.raises(Untied, match="autograd"):
        tie(TORCH, "autograd=s:total(w,b,x,y)/w", slope, check_autograd)
    with pytest.raises(Untied, match="none of the arguments"):
        tie(TORCH, "autograd=s:loss(w,b,x,y)/z", slope, check_autograd)
    with pytest.raises(Untied, match="not a number"):
        tie(
            "import torch\ndef f(w, x): return w * x\n",
            "autograd=s:f(w,x)/w", slope, check_autograd,
        )  # fmt: skip
