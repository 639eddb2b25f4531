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


@pytest.mark.parametrize("seed", range(5))
def test_the_errors_are_predictions_minus_actual_values(seed):
    rng = np.random.default_rng(seed)
    w, b = rng.normal(size=2)
    x, y = rng.normal(size=(2, 7))
    assert errors(w, b, x, y) == pytest.approx(np.polyval([w, b], x) - y)
    assert scatter(y, 5) == pytest.approx(np.linalg.norm(y) / 5**0.5)
    assert spread(x) == pytest.approx(7 * np.var(x))


@pytest.mark.parametrize("seed", range(5))
def test_the_standard_errors_are_those_of_the_covariance_matrix(seed):
    random = np.random.default_rng(seed).normal(size=(2, 9))
    for u, v in ((x, y), random):
        (w, b), covariance = np.polyfit(u, v, deg=1, cov=True)
        s = scatter(errors(w, b, u, v), len(u) - 2)
        expected = np.sqrt(np.diag(covariance))
        assert standard_errors(u, s) == pytest.approx(expected, rel=1e-9)


def test_the_scatter_is_unbiased():
    # For unit noise, E[error^2 summed] is the trace of the residual maker.
    X = np.stack([x, np.ones(len(x))], axis=1)
    maker = np.eye(len(x)) - X @ np.linalg.pinv(X)
    assert np.trace(maker) == pytest.approx(len(x) - 2)


def test_the_squared_weights_of_the_slope_sum_to_one_over_the_spread():
    xs = sp.symbols("x1:5")
    c = [(xi - sum(xs) / 4) / spread(xs) for xi in xs]
    assert sp.simplify(sum(ci**2 for ci in c) - 1 / spread(xs)) == 0


def test_the_squared_weights_of_the_intercept_sum_to_its_variance():
    xs = sp.symbols("x1:5")
    x_bar = sum(xs) / 4
    c = [sp.Rational(1, 4) - x_bar * (xi - x_bar) / spread(xs) for xi in xs]
    variance = sp.Rational(1, 4) + x_bar**2 / spread(xs)
    assert sp.simplify(sum(ci**2 for ci in c) - variance) == 0


@pytest.mark.parametrize("kind", ["normal", "uniform", "laplace"])
def test_independent_deviations_add_up_by_their_squares(kind):
    draw = getattr(np.random.default_rng(0), kind)
    a, b = draw(size=(2, 200_000))
    a, b = 3 * (a - a.mean()) / a.std(), 4 * (b - b.mean()) / b.std()
    # A deviation from 200000 draws is known to some thousandths.
    assert (a + b).std() == pytest.approx(5, rel=0.01)


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
