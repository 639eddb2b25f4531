import math

import numpy as np
import pytest

from chain_rule.pitfalls import (
    nudge,
    slopes_without_the_inner_factor,
)
from chain_rule.scratch import (
    central_difference,
    gradient,
    loss,
    sample_loss,
    slopes,
)
from data.hubble_1929 import x, y


def test_without_the_inner_factor_b_is_right_and_w_is_not():
    rng = np.random.default_rng(0)
    for w, b, xi, yi in rng.normal(size=(10, 4)):
        dw, db = slopes_without_the_inner_factor(w, b, xi, yi)
        right_w, right_b = slopes(w, b, xi, yi)
        assert db == right_b
        assert dw * xi == pytest.approx(right_w)


def test_nudging_exposes_it():
    dw, _ = slopes_without_the_inner_factor(450, -40, 2, 850)
    assert abs(dw - central_difference(along_w, 450)) > 9


def test_training_without_it_lowers_the_loss_but_misses_the_lowest_point():
    w = b = 0.0
    for _ in range(300):
        pairs = [
            slopes_without_the_inner_factor(w, b, xi, yi)
            for xi, yi in zip(x, y, strict=True)
        ]
        dw, db = np.mean(pairs, axis=0)
        w, b = w - 0.5 * dw, b - 0.5 * db
    lowest = loss(*np.polyfit(x, y, 1), x, y)
    assert 1.2 * lowest < loss(w, b, x, y) < loss(0, 0, x, y)
    assert abs(gradient(w, b, x, y)[0]) > 50  # the true slope


def along_w(w):
    return sample_loss(w, -40, 2, 850)


def test_a_gentler_nudge_to_one_side_is_better_at_first():
    errors = [
        abs(nudge(along_w, 450, delta) - 20)
        for delta in (1.0, 1e-2, 1e-4, 1e-6)
    ]
    # delta x^2 / 2, and of the last one rounding is a part
    assert errors == pytest.approx([2, 2e-2, 2e-4, 2e-6], rel=0.1)


def test_a_nudge_is_the_difference_quotient_of_one_side():
    rng = np.random.default_rng(1)
    for v, delta in rng.uniform(0.1, 2, size=(10, 2)):
        # (v + delta)^3 expanded
        expected = 3 * v**2 + 3 * v * delta + delta**2
        assert nudge(lambda u: u**3, v, delta) == pytest.approx(expected)


def test_a_nudge_must_fit_the_parameter_and_the_error_the_slope():
    assert central_difference(math.log, 0.001) > 1003
    fitting = central_difference(math.log, 0.001, 1e-4 * 0.001)
    # delta^2 / 3 of the slope, with delta in units of the parameter
    assert fitting == pytest.approx(1000, rel=1e-8)
    off = central_difference(math.exp, 30) - math.exp(30)
    assert off > 1e4
    # delta^2 / 6 of the slope
    assert off / math.exp(30) == pytest.approx(1e-8 / 6, rel=0.1)


@pytest.mark.parametrize("method", [nudge, central_difference])
def test_too_gentle_a_nudge_is_rounded_away(method):
    assert abs(method(along_w, 450, 1e-12) - 20) > 0.1
    assert method(along_w, 450, 1e-14) == 0


@pytest.mark.parametrize("delta", [1e-6, 1e-8, 1e-10, 1e-12])
def test_here_it_is_the_parameter_that_is_rounded(delta):
    moved = (450 + delta) - 450
    slope = nudge(along_w, 450, delta) * delta / moved
    # what is left is the nudge itself, and the rounding of a loss of 50
    assert slope == pytest.approx(20 + 2 * delta, abs=1e-14 / delta)


def test_where_a_loss_is_large_and_its_slope_small_the_loss_is_rounded():
    delta = 1e-10
    moved = (450 + delta) - 450
    change = loss(450 + delta, -40, x, y) - loss(450, -40, x, y)
    exact, _ = gradient(450, -40, x, y)
    assert abs(moved / delta - 1) < 0.001
    assert abs(change / moved / exact - 1) > 0.01
