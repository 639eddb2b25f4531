r"""What formulas mean: derivatives, sequences, functions, shapes."""

import pytest

from verify.equations.build import parse
from verify.equations.definitions import definition, extended
from verify.equations.errors import (
    EquationError,
    False_,
    Meaningless,
    Misfit,
    Undetermined,
    Unreadable,
)
from verify.equations.relations import check
from verify.equations.scope import Scope
from verify.equations.symbols import declared


def scope(symbols, *definitions):
    found = Scope().with_symbols(declared(symbols))
    for text in definitions:
        statement = parse(text, found.symbols, True).statements[0]
        new = definition(statement, found.symbols)
        found = Scope(found.symbols, extended(found.definitions, new))
    return found


def holds(text, scope):
    return [check(s, scope) for s in parse(text, scope.symbols).statements]


def fails(text, scope, error=False_):
    with pytest.raises(error) as raised:
        holds(text, scope)
    return raised.value


CHAIN = scope(
    "w b x y z e L : real", "z = w x + b", "e = z - y", r"L = e^2 + w^2"
)


def test_a_derivative_expands_all_but_its_variable():
    holds(r"\frac{\partial L}{\partial e} = 2 e", CHAIN)
    holds(r"\frac{\partial L}{\partial z} = 2 e", CHAIN)
    holds(r"\frac{\partial L}{\partial w} = 2 e x + 2 w", CHAIN)
    holds(
        r"\frac{\partial}{\partial w} \frac{\partial L}{\partial z} = 2 x",
        CHAIN,
    )
    holds(r"\frac{\partial^2 L}{\partial w^2} = 2 x^2 + 2", CHAIN)


def test_a_derivative_of_nothing_defined_is_refused():
    error = fails(r"\frac{\partial b}{\partial w} = 0", CHAIN, Meaningless)
    assert "does not depend on w by any definition" in error.message
    error = fails(r"\frac{\partial z}{\partial e} = 0", CHAIN, Meaningless)
    assert "math: define" in error.message


def test_a_derivative_by_itself_is_refused():
    error = fails(r"\frac{\partial z}{\partial z} = 1", CHAIN, Meaningless)
    assert "by itself" in error.message


def test_the_data_are_constants():
    data = scope("w : real\nx : real[n]\ni : 1..n\nn : size")
    holds(r"\frac{\partial x_i}{\partial w} = 0", data)
    fails(r"\frac{\partial x_i}{\partial w} = x_i", data, Meaningless)


def test_a_bar_evaluates_after_differentiating():
    holds(
        r"\frac{\partial L}{\partial w} \bigg|_{w=0, b=y} = 0 \cdot x", CHAIN
    )
    holds(r"L \big|_{w=1} = (x + b - y)^2 + 1", CHAIN)


def test_functions_and_their_primes():
    functions = scope(
        "u v : real\nz : real[n]\ni : 1..n\nn : size\nf g : func",
        "f(u) = u^3",
        "g(u, v) = u v",
    )
    holds("f'(u) = 3 u^2", functions)
    holds("f''(u) = 6 u", functions)
    holds("g(u, v + 1) = g(u, v) + u", functions)
    holds("f(z_i) = z_i^3", functions)
    holds(r"f'(z) = 3 \cdot (z \odot z)", functions)
    holds(r"\frac{\partial g(u, v)}{\partial v} = u", functions)


def test_sequences_start_with_a_root_and_go_on_by_their_definition():
    walk = scope(
        "w_t : real[0..T]\nv_t : real[0..T]\nt : 0..T\nT : size\nr : unit",
        "w_{t+1} = r w_t",
        "v_0 = 0",
        "v_{t+1} = v_t + 1",
    )
    holds("w_t = r^t w_0", walk)
    fails("w_t = r^{t+1} w_0", walk)
    holds("v_t = t", walk)
    holds("w_2 = r^2 w_0", walk)


def test_vectors_and_their_derivatives():
    matrices = scope(
        "A : real[n,m]\nB : real[m,m]\nx : real[m]\nr : real[n]\nL : real\n"
        "n m : size\ni : 1..n\nj : 1..m",
        "r = A x",
        r"L = \lVert r \rVert^2",
    )
    holds(r"\nabla_{x} L = 2 A^\top r", matrices)
    holds(r"\frac{\partial r}{\partial x} = A", matrices)
    holds(r"\frac{\partial r_i}{\partial x_j} = A_{ij}", matrices)
    holds(r"\nabla_{A} L = 2 r x^\top", matrices)
    holds(r"\nabla^2_{x} L = 2 A^\top A", matrices)
    holds(r"B^{-1} B x = x", matrices)
    holds(r"(A x)_i = \sum_{j=1}^m A_{ij} x_j", matrices)
    assert "does not fit" in fails("A A = A", matrices, Misfit).message
    assert "3×2 matrix" in str(
        fails("A = A^\\top", matrices, Misfit).message
    ) or "matrix" in str(fails("A = A^\\top", matrices, Misfit).message)


def test_sample_by_sample_where_vectors_have_no_meaning():
    line = scope(
        "w b : real\nx y z : real[n]\nL : real\ni : 1..n\nn : size",
        "z_i = w x_i + b",
    )
    holds("z = w x + b", line)
    holds(r"\frac{\partial z}{\partial w} = x", line)
    fails("z = w x - b", line)
    # with an index beside them, vectors stay vectors
    fails("z_i = w x + b", line, Misfit)
    fails("z = x x^\\top + b", line, Misfit)


def test_expectations_are_means_over_the_samples():
    data = scope("x y : real[n]\ni : 1..n\nn : size")
    holds(
        r"\mathbb{E}[x y] = \mathbb{E}_i[x_i y_i] = \frac{1}{n} x^\top y",
        data,
    )
    fails(r"\mathbb{E}[x] = \sum_{i=1}^n x_i", data)


def test_an_index_is_bound_or_free_but_not_both():
    data = scope("x : real[n]\na : real\ni : 1..n\nn : size")
    fails(r"a = x_i \sum_{i=1}^n x_i", data, Unreadable)
    error = fails(
        r"\sum_{j=1}^n x_j = \sum_{j=1}^{n+1} x_j", data, Meaningless
    )
    assert "x has no element" in error.message


def test_a_symbol_defined_by_itself_is_refused():
    loop = scope("p q : real", "p = q + 1", "q = p - 1")
    assert "by itself" in fails("p = q", loop, Meaningless).message


def test_a_case_that_no_point_meets_is_refused():
    one = scope("u : real")
    far = r"\begin{cases} u & u > 1000 \\ 1 & \text{otherwise} \end{cases}"
    error = fails(f"{far} = 1", one, Meaningless)
    assert "falls under the case" in error.message


def test_a_counter_example_can_be_recomputed():
    error = fails(r"\frac{\partial L}{\partial z} = 2 z", CHAIN)
    assert error.message == "this step does not hold: … = 2 z"
    found = dict(
        part.split("=")
        for part in error.counterexample.replace("counter-example: ", "")
        .replace(" gives", ",")
        .split(", ")
    )
    w, b, x, y = (float(found[name]) for name in "wbxy")
    assert float(found["left"]) == pytest.approx(2 * (w * x + b - y), 1e-5)
    assert float(found["right"]) == pytest.approx(2 * (w * x + b), 1e-5)


DATA = scope(
    "x y : real[n]\nw \\bar{x} \\bar{y} r : real\ni : 1..n\nn : size",
    r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i",
    r"\bar{y} = \frac{1}{n} \sum_{i=1}^n y_i",
)


def test_numbers_are_computed_from_the_data():
    assert holds("n = 24", DATA) == ["computed on the data"]
    holds(r"\bar{x} = 0.911375", DATA)
    holds(r"\bar{x} \approx 0.911", DATA)
    holds(r"-\bar{y} \approx -373.13", DATA)
    holds(r"\bar{y} > 300", DATA)
    holds(r"x_1 = 0.032", DATA)
    fails("n = 25", DATA)
    fails(r"\bar{x} \approx 0.912", DATA)
    fails(r"\bar{x} = 0.911", DATA)
    fails(r"\bar{y} < 300", DATA)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (r"\sqrt{2} \approx 1.41", True),
        (r"\sqrt{2} \approx 1.42", False),
        (r"\frac{1}{8} \approx 12.5\%", True),
        (r"\frac{1}{8} \approx 12\%", True),  # half a unit is allowed
        (r"\frac{1}{8} \approx 12.6\%", False),
        (r"24863 \approx 2.486 \times 10^4", True),
        (r"24863 \approx 2.485 \times 10^4", False),
        (r"\frac{2}{2.03355} \approx 0.98350", True),
        (r"\frac{2}{2.0336} \approx 0.98348", True),
        (r"0.5 \cdot 521.404 \approx 260.70", True),
        (r"0.5 \cdot 521.404 \approx 260.72", False),
        (r"0.5 \cdot 521.404 = 260.702", True),
        (r"\bar{x} \bar{y} \approx 0.911 \cdot 373.125", True),
        (r"\bar{x} \bar{y} \approx 0.915 \cdot 373.125", False),
    ],
)
def test_rounded_numbers_agree_at_the_digits_shown(text, right):
    if right:
        holds(text, DATA)
    else:
        fails(text, DATA)


def test_a_number_for_what_has_no_fixed_value_is_refused():
    error = fails(r"w \bar{x} \approx 2.5", DATA, Undetermined)
    assert "w has no fixed value" in error.message


def test_inequalities_hold_at_every_point():
    bounds = scope("a b : real\np : positive\nu : unit\nx : real[n]\nn : size")
    holds("a^2 + b^2 \\ge 2 a b", bounds)
    fails("a^2 > a", bounds)
    holds("0 < u < 1", bounds)
    holds("p + 1 > p \\ne 0", bounds)
    holds(r"u \in (0, 1), \quad a \in \mathbb{R}", bounds)
    holds(r"x \in \mathbb{R}^n", bounds)
    fails(r"a \in (0, 1)", bounds)
    fails(r"a \in \{0, 1\}", bounds)
    fails(r"a \in \mathbb{R}^n", bounds)


def test_an_index_runs_as_far_as_it_is_declared_to():
    data = scope("x : real[n]\ni : 1..n\nn : size")
    holds(r"i = 1, \dots, n", data)
    holds(r"i = 1, 2, \dots, 24", data)
    fails(r"i = 0, \dots, n", data)
    fails(r"i = 1, \dots, n - 1", data)


def test_nothing_else_than_an_equation_error_comes_out():
    odd = scope("a b : real\nX : real[n,d]\nx : real[n]\nn d : size\nf : func")
    for text in ("f(a) = 1", "X_{1} = a", r"\det(x) = a", r"X^a = X",
                 r"\max_{a} b = 1", r"x^{-1} = x", r"a_1 = 2"):  # fmt: skip
        with pytest.raises(EquationError):
            holds(text, odd)
