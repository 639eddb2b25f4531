import math

import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression import vectorized
from linear_regression.scratch import (
    covariance,
    least_squares,
    loss,
    mean,
    parts,
    predict,
    residual,
)

W_HAT, B_HAT = np.polyfit(x, y, deg=1)
# polyfit solves by SVD: both agree to rounding, about 1e-13 of the value.
REL = 1e-10


def a_random_line_and_data(seed, n=9):
    rng = np.random.default_rng(seed)
    return *rng.normal(size=2), *rng.normal(size=(2, n))


def test_the_guess_predicts_365_for_the_nebula_at_0_9():
    assert predict(450, -40, 0.9) == pytest.approx(365)


@pytest.mark.parametrize("seed", range(5))
def test_a_prediction_is_that_of_a_polynomial_of_degree_1(seed):
    w, b, x, y = a_random_line_and_data(seed)
    for xi, yi in zip(x, y, strict=True):
        z = predict(w, b, xi)
        assert z == pytest.approx(np.polyval([w, b], xi), rel=REL)
        assert residual(z, yi) + yi == pytest.approx(z, rel=REL)


def test_a_residual_is_negative_where_the_prediction_is_too_low():
    assert residual(365, 500) == -135


@pytest.mark.parametrize("seed", range(5))
def test_mean_and_covariance_are_numpys(seed):
    _, _, *random = a_random_line_and_data(seed)
    for u, v in ((x, y), random):
        assert mean(u) == pytest.approx(np.mean(u), rel=REL)
        expected = np.cov(u, v, bias=True)
        assert covariance(u, u) == pytest.approx(expected[0, 0], rel=REL)
        assert covariance(u, v) == pytest.approx(expected[0, 1], rel=REL)
        assert covariance(v, v) == pytest.approx(expected[1, 1], rel=REL)


@pytest.mark.parametrize("seed", range(5))
def test_the_loss_is_half_the_mean_square(seed):
    for w, b, u, v in ((450, -40, x, y), a_random_line_and_data(seed)):
        gaps = w * np.array(u) + b - np.array(v)
        assert loss(w, b, u, v) == pytest.approx(np.mean(gaps**2) / 2, rel=REL)


def test_least_squares_is_the_line_of_polyfit():
    assert least_squares(x, y) == pytest.approx((W_HAT, B_HAT), rel=REL)


@pytest.mark.parametrize("seed", range(5))
def test_least_squares_is_the_line_of_polyfit_for_random_data(seed):
    _, _, x, y = a_random_line_and_data(seed)
    assert least_squares(x, y) == pytest.approx(
        np.polyfit(x, y, deg=1), rel=1e-9
    )


def test_least_squares_finds_a_line_that_passes_through_all_points():
    line = [3 * xi - 2 for xi in x]
    assert least_squares(x, line) == pytest.approx((3, -2), rel=REL)


def test_no_line_of_a_fine_grid_has_a_smaller_loss():
    best = loss(*least_squares(x, y), x, y)
    w = np.linspace(300, 600, 301)[:, None, None]
    b = np.linspace(-200, 200, 201)[:, None]
    grid = ((w * np.array(x) + b - np.array(y)) ** 2).mean(-1) / 2
    assert best <= grid.min()
    i, j = np.unravel_index(grid.argmin(), grid.shape)
    assert least_squares(x, y) == pytest.approx(
        (w[i, 0, 0], b[j, 0]), abs=2
    )  # step


def test_for_each_slope_the_best_bias_makes_the_mean_residual_zero():
    b = np.linspace(-700, 700, 1401)
    for w in (0, 300, 600):
        losses = [loss(w, bi, x, y) for bi in b]
        best = mean(y) - w * mean(x)
        assert b[np.argmin(losses)] == pytest.approx(best, abs=0.5)  # step


def test_a_flat_line_has_mean_residual_zero_and_a_larger_loss():
    gaps = [
        residual(predict(0, mean(y), xi), yi)
        for xi, yi in zip(x, y, strict=True)
    ]
    assert mean(gaps) == pytest.approx(0, abs=1e-10)
    assert loss(0, mean(y), x, y) > 2 * loss(*least_squares(x, y), x, y)


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_to_the_loss_for_random_data(seed):
    w, b, x, y = a_random_line_and_data(seed)
    height, slope, rest = parts(w, b, x, y)
    assert height + slope + rest == pytest.approx(loss(w, b, x, y), rel=REL)
    # The height is half the squared mean residual; the rest cannot be avoided.
    assert height == pytest.approx(np.mean(w * x + b - y) ** 2 / 2, rel=REL)
    best = np.polyval(np.polyfit(x, y, deg=1), x)
    assert rest == pytest.approx(np.mean((best - y) ** 2) / 2, rel=REL)


@pytest.mark.parametrize(("w", "b"), [(0, 0), (500, 0), (450, -40), (-7, 3)])
def test_the_parts_add_up_to_the_loss(w, b):
    assert sum(parts(w, b, x, y)) == pytest.approx(loss(w, b, x, y), rel=REL)


def test_the_parts_that_a_line_can_avoid_vanish_at_the_best_line():
    height, slope, rest = parts(*least_squares(x, y), x, y)
    assert height == pytest.approx(0, abs=1e-18)
    assert slope == pytest.approx(0, abs=1e-18)
    assert rest == pytest.approx(loss(W_HAT, B_HAT, x, y), rel=REL)


@pytest.mark.parametrize("value", [0, 0.9, 1.1, 1.4, 1.7, 2])
@pytest.mark.parametrize("count", range(1, 12))
def test_without_spread_in_x_there_is_no_slope(value, count):
    with pytest.raises(ValueError, match="all x are equal"):
        least_squares([value] * count, y[:count])


def test_pitfall_the_variance_of_equal_numbers_need_not_be_0():
    # Wrong in the last digit, about 2e-16, which is squared; other sums of
    # floats (Python 3.12 carries the rest along) round this mean as well.
    assert 0 < covariance([1.4] * 6, [1.4] * 6) < 1e-31
    assert math.fsum([1.4] * 6) / 6 != 1.4


def test_the_scatter_of_velocities_and_of_distances_bounds_the_slope():
    # Scatter in y only leaves the gentle slope right, in x only the steep one.
    rng = np.random.default_rng(0)
    true = rng.normal(size=100_000)
    noise = rng.normal(size=100_000)
    for in_x, in_y in ((0, 0.7), (0.7, 0), (0.5, 0.5)):
        x, y = true + in_x * noise, 3 * true + in_y * rng.normal(size=100_000)
        gentle, _ = vectorized.least_squares(x, y)
        steep = 1 / vectorized.least_squares(y, x)[0]
        # A slope of so many points strays by about 1 / sqrt(100000).
        assert gentle - 0.03 < 3 < steep + 0.03
        if not in_x:
            assert gentle == pytest.approx(3, abs=0.03)
        if not in_y:
            assert steep == pytest.approx(3, abs=0.03)


def test_pitfall_the_wrong_way_round_gives_another_slope():
    slope, _ = least_squares(y, x)
    assert 1 / slope == pytest.approx(728.366, abs=5e-4)
    assert 1 / slope == pytest.approx(np.var(y) / covariance(x, y), rel=REL)
    r = np.corrcoef(x, y)[0, 1]
    assert W_HAT * slope == pytest.approx(r**2, rel=REL)


def test_both_ways_agree_where_all_points_lie_on_a_line():
    line = [3 * xi - 2 for xi in x]
    assert 1 / least_squares(line, x)[0] == pytest.approx(3, rel=REL)


def test_pitfall_a_line_of_near_nebulae_fails_for_far_ones():
    assert max(x[:9]) == 0.5 < min(x[9:])
    w, b = least_squares(x[:9], y[:9])
    assert loss(w, b, x[:9], y[:9]) < loss(W_HAT, B_HAT, x, y)
    assert loss(w, b, x[9:], y[9:]) > 3 * loss(w, b, x[:9], y[:9])
    assert predict(w, b, 2) < 0.6 * mean(y[-4:])
