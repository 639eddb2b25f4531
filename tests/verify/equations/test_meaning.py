r"""What formulas mean: derivatives, sequences, functions, shapes, the data."""

import pytest

from verify.equations.check import check, introduced
from verify.equations.directives import Directive
from verify.equations.errors import EquationError, Refuted
from verify.equations.scope import Scope
from verify.equations.symbols import declared


def scope(symbols, *definitions):
    """Return a scope with some symbols and definitions, those unchecked."""
    found = Scope().declaring(declared(symbols))
    for text in definitions:
        found = introduced(text, Directive("define"), found)
    return found


def holds(text, scope, **asked):
    check(text, Directive(**asked), scope)


def fails(text, scope, error=Refuted, **asked):
    with pytest.raises(error) as raised:
        holds(text, scope, **asked)
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
    holds(
        r"\frac{\partial}{\partial w} \frac{\partial L}{\partial w} "
        r"= 2 x^2 + 2",
        CHAIN,
    )


def test_a_derivative_of_nothing_defined_is_refused():
    for text in (
        r"\frac{\partial b}{\partial w} = 0",
        r"\frac{\partial z}{\partial e} = 0",
        r"\frac{\partial z}{\partial z} = 1",
    ):
        error = fails(text, CHAIN, EquationError)
        assert "this derivative says nothing" in error.message
        assert "math: define" in error.message


def test_functions_and_their_primes():
    functions = scope(
        "u v : real\nz : real[n]\ni : 1..n\nn : size\nf g : func",
        "f(u) = u^3",
        "g(u) = u v",
    )
    holds("f'(u) = 3 u^2", functions)
    holds("f''(u) = 6 u", functions)
    holds("g(u + 1) = g(u) + v", functions)
    holds("f(z_i) = z_i^3", functions)
    holds(r"f'(z) = 3 (z \odot z)", functions)
    holds(r"\frac{\partial g(u)}{\partial v} = u", functions)


def test_a_sequence_is_numbered_from_0():
    walk = scope(
        "w_t : real[0..T]\nt : 0..T\nT : size\nr c : unit", "w_t = r^t c"
    )
    holds("w_0 = c", walk)
    holds(r"w_t = r^{t-1} w_1", walk)
    fails("w_t = r^{t+1} w_0", walk)
    assert "no element" in fails("w_{t+1} = r w_t", walk).message


def test_a_definition_has_each_index_once():
    matrix = "X : real[n,n]\ni : 1..n\nn : size"
    for text in ("X_{ii} = 1", "X_1 = 1", "X_{i,i+1} = 1", "X_i = 1"):
        with pytest.raises(EquationError, match="each index once"):
            scope(matrix, text)


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
    holds(r"\nabla_{x} (\nabla_{x} L) = 2 A^\top A", matrices)
    holds(r"B^{-1} B x = x", matrices)
    holds(r"(A x)_i = \sum_{j=1}^m A_{ij} x_j", matrices)
    assert "does not fit" in fails("A A = A", matrices).message
    assert "3×5 matrix" in fails(r"A = A^\top", matrices).message


def test_a_number_is_added_to_each_element_and_a_vector_to_each_row():
    line = scope(
        "w b : real\nx z : real[n]\nX : real[n,d]\nc s : real[d]\n"
        "Z : real[n,d]\ni : 1..n\nk : 1..d\nn d : size",
        "z_i = w x_i + b",
        "Z_{ik} = X_{ik} + c_k",
    )
    holds("z = w x + b", line)
    holds(r"\frac{\partial z}{\partial w} = x", line)
    holds("Z = X + c", line)
    fails("z = w x - b", line)
    fails("Z = c - X", line)
    fails("z_i = w x + b", line)
    fails(r"z = x x^\top + b", line)
    fails("Z = X + x", line)


def test_an_index_is_bound_or_free_but_not_both():
    data = scope("x : real[n]\na : real\ni : 1..n\nn : size")
    fails(r"a = x_i \sum_{i=1}^n x_i", data, EquationError)
    beyond = r"\sum_{j=1}^n x_j = \sum_{j=1}^{n+1} x_j"
    assert "x has no element 6" in fails(beyond, data).message
    within = r"a = \sum_{i=1}^i x_i"
    assert "stands outside" in fails(within, data, EquationError).message
    fails("x_j = a", data, EquationError)


def test_a_symbol_defined_by_itself_is_refused():
    loop = scope("p q : real", "p = q + 1", "q = p - 1")
    fails("p = q", loop)
    for text, known in (("p = p + 1", []), ("p = q + 1", ["q = p - 1"])):
        error = fails(
            text, scope("p q : real", *known), EquationError, mode="define"
        )
        assert error.message.startswith("p is defined by itself")


def test_a_definition_of_another_shape_is_refused():
    shapes = scope("z x : real[n]\nw : real\ni : 1..n\nn : size", "z = w")
    assert "declared otherwise" in fails("z = x", shapes).message


def test_a_case_that_no_point_meets_is_refused():
    one = scope("u : real")
    far = r"\begin{cases} u & u > 1000 \\ 1 & \text{otherwise} \end{cases}"
    error = fails(f"{far} = 1", one, EquationError)
    assert "no point falls under u & u > 1000" in error.message


def test_a_counter_example_can_be_recomputed():
    error = fails(r"\frac{\partial L}{\partial z} = 2 z", CHAIN)
    message, counterexample = error.message.split("\n    ")
    assert message == "this step does not hold: … = 2 z"
    found = dict(
        part.split("=")
        for part in counterexample.replace("counter-example: ", "")
        .replace(" gives", ",")
        .split(", ")
    )
    w, b, x, y = (float(found[name]) for name in "wbxy")
    assert float(found["left"]) == pytest.approx(2 * (w * x + b - y), 1e-5)
    assert float(found["right"]) == pytest.approx(2 * (w * x + b), 1e-5)


def test_a_counter_example_names_its_sizes():
    error = fails("m^2 = 3 m", scope("m n : size"))
    assert "counter-example: m=5 gives left=25, right=15" in error.message


def test_a_side_without_a_value_is_equal_to_one_without_only():
    one = scope("w b : real")
    holds(r"\log(w b) = \log(b w)", one)
    fails(r"\log(w^2) = 2 \log(w)", one)
    fails(r"\sqrt{w b} = \sqrt{w} \sqrt{b}", one)
    fails(r"\log(-1 - w^2) = w", one)
    fails(r"\log(-1 - w^2) = \log(-2 - w^2)", one, EquationError)


def test_a_number_of_the_data_is_tied_to_code_and_no_formula():
    line = scope(
        "x y : real[n]\nw b L \\bar{x} : real\ni : 1..n\nn : size",
        r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i",
        r"L = \frac{1}{2 n} \sum_{i=1}^n (w x_i + b - y_i)^2",
    )
    holds(r"L \ge 0", line)
    for text in (r"\bar{x} = 0.911", "n = 24", "L < 100", "L > 0.01"):
        fails(text, line)
        if " = " in text:
            holds(text, line, is_inline=True, is_tied=True)


def test_a_tie_behind_numbers_alone_hides_no_wrong_sum():
    tied = {"is_inline": True, "is_tied": True}
    holds(r"(\frac{1}{2})^{10} = \frac{1}{1024}", Scope(), **tied)
    fails(r"(\frac{1}{2})^{9} = \frac{1}{1024}", Scope(), **tied)


def test_inequalities_are_tried_at_round_and_at_large_numbers():
    one = scope("u w : real\nv : positive")
    holds(r"\exp(u) \ge 1 + u", one)
    holds(r"\log(v) \le v - 1", one)
    holds(r"w^2 \ge 0", one)
    for text in (
        r"\exp(u) > 1 + u",  # not at 0
        "w^2 > 0",
        r"\log(v) \le v - 1.01",  # near 1
        r"\log(1 + \exp(u)) \le 10",  # far away
    ):
        fails(text, one)


def test_what_is_small_may_still_be_positive():
    rows = scope(
        "X : real[n,d]\nW : real[d,K]\nZ P : real[n,K]\nn d K : size\n"
        "i : 1..n\nk : 1..K\nw : real",
        "Z = X W",
        r"P_{ik} = \frac{\exp(Z_{ik})}{\sum_{j=1}^K \exp(Z_{ij})}",
    )
    holds(r"0 < P_{ik} < 1", rows)
    holds(r"w^2 > 0 \quad \text{if } w \ne 0", rows)
    fails("(w - 2)^2 > 0", rows)
