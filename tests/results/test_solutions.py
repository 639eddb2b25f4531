import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from results.scratch import errors, scatter, standard_errors
from results.solutions import error_at, explained, fit_receding

W, B = least_squares(x, y)
S = scatter(errors(W, B, x, y), len(x) - 2)


def test_the_share_explained_is_the_squared_correlation():
    assert explained(W, B, x, y) == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2)
    assert explained(0, np.mean(y), x, y) == pytest.approx(0)


def test_the_band_comes_from_the_covariance_matrix():
    _, covariance = np.polyfit(x, y, deg=1, cov=True)
    for x_0 in (0, 0.9, 2, 3):
        v = np.array([x_0, 1])
        expected = np.sqrt(v @ covariance @ v)
        assert error_at(x_0, x, S) == pytest.approx(expected)


def test_the_band_is_narrowest_at_the_mean_and_s_b_wide_at_zero():
    grid = np.linspace(0, 2, 201)
    band = [error_at(x_0, x, S) for x_0 in grid]
    assert grid[np.argmin(band)] == pytest.approx(np.mean(x), abs=0.01)
    assert error_at(0, x, S) == pytest.approx(standard_errors(x, S)[1])


def test_dropping_the_approaching_nebulae_flattens_the_line():
    mask = np.array(y) > 0
    expected = np.polyfit(np.array(x)[mask], np.array(y)[mask], deg=1)
    assert mask.sum() == 19
    assert fit_receding(x, y) == pytest.approx(expected)
    assert W - fit_receding(x, y)[0] > standard_errors(x, S)[0]
