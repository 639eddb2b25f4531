import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from results.scratch import errors, scatter, standard_errors
from results.vectorized import slopes

W, B = least_squares(x, y)
S = scatter(errors(W, B, x, y), len(x) - 2)


def test_the_imagined_slopes_spread_as_the_formula_says():
    found = slopes(x, W, B, S)
    s_w, _ = standard_errors(x, S)
    assert found.shape == (10_000,)
    # 10000 draws give a deviation to 1/sqrt(20000), 0.7 %; take 4 of these
    assert found.std() == pytest.approx(s_w, rel=0.03)
    assert found.mean() == pytest.approx(W, abs=4 * s_w / 100)


def test_two_thirds_lie_within_one_standard_error():
    found = slopes(x, W, B, S)
    s_w, _ = standard_errors(x, S)
    assert (abs(found - W) < s_w).mean() == pytest.approx(0.683, abs=0.02)


def test_each_slope_is_the_least_squares_slope_of_its_sky():
    rng = np.random.default_rng(0)
    noise = rng.normal(0, S, (5, len(x)))
    expected = [
        np.polyfit(x, W * np.array(x) + B + row, deg=1)[0] for row in noise
    ]
    assert slopes(x, W, B, S, repeats=5) == pytest.approx(expected)


def test_without_noise_every_sky_gives_the_same_slope():
    assert slopes(x, W, B, 0, repeats=3) == pytest.approx([W] * 3)
