import numpy as np
import pytest

from data import hubble_1929
from data.nebulae_j2000 import dec, ra
from several_inputs.pitfalls import in_kiloparsecs, sizes, with_light_years
from several_inputs.vectorized import (
    curvatures,
    features,
    least_squares,
    path,
    scatter,
    standard_errors,
)

x, y = np.array(hubble_1929.x), np.array(hubble_1929.y)
X = features(x, ra, dec)
W = least_squares(X, y)


def test_of_a_column_twice_both_the_solver_and_the_walk_give_halves():
    twice = np.column_stack([X, x])
    halves = [W[0] / 2, *W[1:], W[0] / 2]
    assert np.linalg.lstsq(twice, y)[0] == pytest.approx(halves)
    # (1 - 0.5 * 0.073)^300 = 1.4e-5 of the way is left
    assert path(twice, y, lr=0.5)[-1] == pytest.approx(halves, abs=0.01)


def test_of_a_column_twice_100_may_move_and_no_prediction_does():
    twice = np.column_stack([X, x])
    found = np.linalg.lstsq(twice, y)[0]
    moved = found + np.array([100, 0, 0, 0, -100])
    assert twice @ moved == pytest.approx(twice @ found)


def test_light_years_with_two_decimals_blow_the_weights_up():
    nearly = with_light_years(X)
    copy = nearly[:, -1]
    assert copy == pytest.approx(3.2616 * x, abs=0.005 + 1e-12)
    assert copy == pytest.approx(np.array([round(c, 2) for c in copy]))
    found = least_squares(nearly, y)
    errors = standard_errors(nearly, scatter(nearly, y))
    assert found[0] > 40_000
    assert found[4] < -10_000
    assert (errors[[0, 4]] > abs(found[[0, 4]])).all()
    assert np.abs(nearly @ found - X @ W).max() < 81


def test_in_kiloparsecs_the_loss_stands_still_far_from_the_lowest_point():
    kpc = in_kiloparsecs(X)
    assert kpc == pytest.approx(np.column_stack([1000 * x, X[:, 1:]]))
    points = path(kpc, y, lr=1 / curvatures(kpc)[-1])
    losses = ((points @ kpc.T - y) ** 2).mean(axis=1) / 2
    assert losses[1] - losses[300] < 1
    slope = x @ y / (x @ x)  # the line through the origin
    assert losses[1] == pytest.approx(np.mean((slope * x - y) ** 2) / 2)
    assert losses[300] - np.mean((X @ W - y) ** 2) / 2 > 7000
    assert np.abs(points[300][1:]).max() < 0.02


def test_in_kiloparsecs_tens_of_millions_of_epochs_would_be_needed():
    flat, *_, steep = curvatures(in_kiloparsecs(X))
    # epochs until a hundredth of the way is left
    epochs = np.log(0.01) / np.log1p(-flat / steep)
    assert 1e7 < epochs < 1e8


def test_columns_of_one_size_arrive_and_give_the_same_weights():
    kpc = in_kiloparsecs(X)
    size = sizes(kpc)
    assert ((kpc / size) ** 2).mean(axis=0) == pytest.approx(np.ones(4))
    found = path(kpc / size, y, lr=0.8)[-1] / size
    assert found == pytest.approx([W[0] / 1000, *W[1:]], abs=1e-6)
