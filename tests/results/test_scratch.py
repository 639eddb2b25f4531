import numpy as np
import pytest
import sympy as sp

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from results.scratch import (
    AU,
    MPC,
    age,
    errors,
    scatter,
    spread,
    standard_errors,
)

W, B = least_squares(x, y)
S = scatter(errors(W, B, x, y), len(x) - 2)


def test_the_errors_of_the_fitted_line_balance():
    error = np.array(errors(W, B, x, y))
    assert error.sum() == pytest.approx(0, abs=1e-9)
    assert error @ x == pytest.approx(0, abs=1e-9)


def test_the_standard_errors_are_those_of_the_covariance_matrix():
    _, covariance = np.polyfit(x, y, deg=1, cov=True)
    expected = np.sqrt(np.diag(covariance))
    assert standard_errors(x, S) == pytest.approx(expected, rel=1e-12)


def test_the_scatter_is_unbiased():
    # For unit noise, E[error^2 summed] is the trace of the residual maker.
    X = np.stack([x, np.ones(len(x))], axis=1)
    maker = np.eye(len(x)) - X @ np.linalg.pinv(X)
    assert np.trace(maker) == pytest.approx(len(x) - 2)


def test_the_squared_weights_of_the_slope_sum_to_one_over_the_spread():
    xs = sp.symbols("x1:5")
    c = [(xi - sum(xs) / 4) / spread(xs) for xi in xs]
    assert sp.simplify(sum(ci**2 for ci in c) - 1 / spread(xs)) == 0


def test_the_slope_is_the_weighted_sum_of_the_velocities():
    x_bar = sum(x) / len(x)
    c = [(xi - x_bar) / spread(x) for xi in x]
    assert np.dot(c, y) == pytest.approx(W)


def test_a_megaparsec_is_a_million_distances_of_one_arcsecond():
    arcsecond = np.deg2rad(1 / 3600)
    assert 1e6 * AU / arcsecond == pytest.approx(MPC, rel=1e-11)
    assert abs(MPC / 3.0857e19 - 1) < 1e-4


def test_the_age_is_the_distance_over_the_speed():
    # At 1 km/s a megaparsec takes 978 thousand million years.
    assert age(1) == pytest.approx(977.79, abs=0.01)
    assert age(W) == pytest.approx(age(1) / W)
    assert age(W) < 4.5 < age(70)
