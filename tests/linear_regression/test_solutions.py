import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares, loss
from linear_regression.solutions import (
    balance,
    fit_through_origin,
    in_other_units,
)

W_HAT, B_HAT = np.polyfit(x, y, deg=1)


def test_the_line_through_the_origin_is_numpys_without_an_intercept():
    column = np.array(x)[:, None]
    (expected,) = np.linalg.lstsq(column, np.array(y), rcond=None)[0]
    assert fit_through_origin(x, y) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_through_the_origin_the_gap_is_at_right_angles_to_x(seed):
    x, y = np.random.default_rng(seed).normal(size=(2, 9))
    assert (fit_through_origin(x, y) * x - y) @ x == pytest.approx(0, abs=1e-9)


def test_with_an_intercept_of_0_it_costs_nothing():
    # A line through the origin: the best one has b = 0 anyway.
    assert fit_through_origin(x, [3 * xi for xi in x]) == pytest.approx(3)


def test_no_slope_nearby_is_better_through_the_origin():
    w = np.linspace(300, 600, 3001)
    losses = [loss(wi, 0, x, y) for wi in w]
    assert w[np.argmin(losses)] == pytest.approx(
        fit_through_origin(x, y), abs=0.05
    )  # half a step


def test_other_units_divide_the_slope_and_keep_the_intercept():
    k = 3.2616
    scaled = [k * xi for xi in x]
    assert in_other_units(W_HAT, B_HAT, k) == pytest.approx(
        least_squares(scaled, y), rel=1e-10
    )


def test_the_quoted_number_of_light_years_is_that_of_the_definition():
    astronomical_unit, julian_year = 149_597_870_700, 365.25 * 86400
    parsec = 648_000 / np.pi * astronomical_unit
    light_year = 299_792_458 * julian_year
    assert parsec / light_year == pytest.approx(3.2616, abs=5e-5)


def test_balance_holds_at_the_best_line_only():
    # Sums of numbers up to 1e3 leave rounding errors near 1e-13.
    assert balance(W_HAT, B_HAT, x, y) == pytest.approx((0, 0), abs=1e-9)
    assert balance(450, -40, x, y) != pytest.approx((0, 0), abs=1)


@pytest.mark.parametrize(("w", "b"), [(450, -40), (-7, 3), (300, 200)])
def test_balance_is_the_slope_of_the_loss(w, b):
    h = 1e-4
    # Exact for a parabola but for rounding: 1e4 * 1e-16 / 1e-4.
    along_b = (loss(w, b + h, x, y) - loss(w, b - h, x, y)) / (2 * h)
    along_w = (loss(w + h, b, x, y) - loss(w - h, b, x, y)) / (2 * h)
    assert balance(w, b, x, y) == pytest.approx((along_b, along_w), abs=1e-6)
