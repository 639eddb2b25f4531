import numpy as np
import pytest
import sympy

from data.hubble_1929 import x, y
from data.nebulae_j2000 import dec, ra
from gradient_descent import scratch
from several_inputs.scratch import (
    direction,
    dot,
    features,
    gradient,
    loss,
    predict,
    train,
)

X = features(x, ra, dec)
BEST = np.linalg.lstsq(np.array(X), np.array(y))[0]


@pytest.mark.parametrize("seed", range(5))
def test_a_direction_is_an_arrow_of_length_1(seed):
    rng = np.random.default_rng(seed)
    arrow = direction(rng.uniform(0, 360), rng.uniform(-90, 90))
    assert dot(arrow, arrow) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(5))
def test_a_direction_has_the_angles_that_it_was_made_from(seed):
    rng = np.random.default_rng(seed)
    ra, dec = rng.uniform(0, 360), rng.uniform(-90, 90)
    east, further, north = direction(ra, dec)
    assert np.degrees(np.arctan2(further, east)) % 360 == pytest.approx(ra)
    assert np.degrees(np.arcsin(north)) == pytest.approx(dec)


@pytest.mark.parametrize("seed", range(5))
def test_the_dot_product_of_arrows_is_the_cosine_by_haversines(seed):
    # another formula for the angle, from spherical trigonometry
    rng = np.random.default_rng(seed)
    (a, b), (c, d) = rng.uniform(0, 360, 2), rng.uniform(-90, 90, 2)
    phi, theta = np.radians(a - b), np.radians(c - d)
    across = np.cos(np.radians(c)) * np.cos(np.radians(d))
    haversine = np.sin(theta / 2) ** 2 + across * np.sin(phi / 2) ** 2
    angle = 2 * np.arcsin(haversine**0.5)
    assert dot(direction(a, c), direction(b, d)) == pytest.approx(
        np.cos(angle)
    )


def test_ngc_4649_is_127_degrees_from_m31():
    cosine = dot(direction(ra[5], dec[5]), direction(ra[-1], dec[-1]))
    assert np.degrees(np.arccos(cosine)) == pytest.approx(127, abs=0.5)


def test_each_row_has_the_distance_and_the_direction():
    assert len(X) == 24
    for row, xi, a, d in zip(X, x, ra, dec, strict=True):
        assert row == [xi, *direction(a, d)]


def test_gradient_is_what_sympy_derives():
    W = sympy.symbols("W:3")
    ys = sympy.symbols("y:4")
    rows = [sympy.symbols(f"x{i}_:3") for i in range(4)]
    exact = loss(W, rows, ys)
    for found, Wj in zip(gradient(W, rows, ys), W, strict=True):
        assert sympy.expand(found - sympy.diff(exact, Wj)) == 0


@pytest.mark.parametrize("seed", range(5))
def test_gradient_is_the_central_difference(seed):
    W = np.random.default_rng(seed).normal(scale=300, size=4)
    delta = 0.1  # exact for a square: only rounding is left
    slopes = []
    for nudge in delta * np.eye(4):
        rise = loss(W + nudge, X, y) - loss(W - nudge, X, y)
        slopes.append(rise / (2 * delta))
    assert gradient(W, X, y) == pytest.approx(slopes, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_predictions_and_loss_are_those_of_the_matrix(seed):
    rng = np.random.default_rng(seed)
    rows, W = rng.normal(size=(7, 3)), rng.normal(size=3)
    assert predict(rows, W) == pytest.approx(rows @ W)
    ys = rng.normal(size=7)
    expected = np.mean((rows @ W - ys) ** 2) / 2
    assert loss(W, rows, ys) == pytest.approx(expected)


def test_with_distances_and_ones_it_is_the_gradient_of_the_line():
    rows = [[xi, 1.0] for xi in x]
    expected = scratch.gradient(300.0, 20.0, x, y)
    assert gradient([300.0, 20.0], rows, y) == pytest.approx(expected)
    assert loss([300.0, 20.0], rows, y) == pytest.approx(
        scratch.loss(300.0, 20.0, x, y)
    )


def test_train_arrives_at_the_least_squares_of_numpy():
    # the flattest direction keeps (1 - 0.9 * 0.073)^300 = 1.4e-9 of the way
    assert train(X, y) == pytest.approx(BEST, abs=1e-6)


def test_the_first_weight_is_what_hubble_printed():
    # 465 +- 50 in his paper, with these 24 nebulae
    assert round(train(X, y)[0]) == 465


def test_the_loss_is_three_tenths_below_that_of_the_line():
    line = np.polyval(np.polyfit(x, y, 1), x) - y
    share = loss(BEST, X, y) / (np.mean(line**2) / 2)
    assert share == pytest.approx(0.7, abs=0.005)
