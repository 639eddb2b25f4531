import numpy as np
import pytest
import sympy

from chain_rule.scratch import (
    central_difference,
    gradient,
    loss,
    sample_loss,
    slopes,
)
from data.hubble_1929 import x, y
from gradient_descent import scratch as gradient_descent

w, b, xi, yi = sympy.symbols("w b x y")


def test_slopes_are_what_sympy_derives():
    exact = (w * xi + b - yi) ** 2 / 2
    dw, db = slopes(w, b, xi, yi)
    assert sympy.expand(dw - sympy.diff(exact, w)) == 0
    assert sympy.expand(db - sympy.diff(exact, b)) == 0


def test_loss_is_half_the_square():
    assert (
        sympy.expand(sample_loss(w, b, xi, yi) - (w * xi + b - yi) ** 2 / 2)
        == 0
    )


def test_the_sample_of_the_chapter():
    assert (x[21], y[21]) == (2, 850)
    assert sample_loss(450, -40, 2, 850) == 50
    assert slopes(450, -40, 2, 850) == (20, 10)


@pytest.mark.parametrize("delta", [1e-4, 0.1, 10.0])
def test_nudging_a_square_is_exact_for_any_nudge(delta):
    # rounding: 1e-16 of a loss of 1e5, a few times, divided by delta
    for number in range(len(x)):
        sample = x[number], y[number]
        dw = central_difference(
            lambda w, s=sample: sample_loss(w, 20, *s), 300, delta
        )
        db = central_difference(
            lambda b, s=sample: sample_loss(300, b, *s), 20, delta
        )
        expected = slopes(300, 20, *sample)
        assert (dw, db) == pytest.approx(expected, abs=1e-10 / delta + 1e-9)


def test_nudge_by_a_central_difference_errs_by_the_square_of_delta():
    errors = [
        abs(central_difference(np.exp, 0.0, delta) - 1)
        for delta in (1e-1, 1e-2)
    ]
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.01)


def test_the_remainder_of_a_one_sided_nudge_is_half_delta_x_squared():
    delta = sympy.symbols("delta")
    change = (
        sample_loss(w + delta, b, xi, yi) - sample_loss(w, b, xi, yi)
    ) / delta
    remainder = change - slopes(w, b, xi, yi)[0]
    assert sympy.simplify(remainder - delta * xi**2 / 2) == 0


def test_gradient_is_that_of_the_chapter_before():
    for point in np.random.default_rng(0).normal(scale=300, size=(8, 2)):
        expected = gradient_descent.gradient(*point, x, y)
        assert gradient(*point, x, y) == pytest.approx(expected)


def test_mean_loss_is_that_of_the_chapter_before():
    for point in np.random.default_rng(1).normal(scale=300, size=(8, 2)):
        expected = gradient_descent.loss(*point, x, y)
        assert loss(*point, x, y) == pytest.approx(expected)


def test_gradient_vanishes_at_the_least_squares_line():
    line = np.polyfit(x, y, 1)
    assert gradient(*line, x, y) == pytest.approx((0, 0), abs=1e-9)
