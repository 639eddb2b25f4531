from pathlib import Path

import numpy as np
import pytest

from data import digits
from softmax_regression.vectorized import sheets
from training.vectorized import (
    interval,
    mean_and_error,
    nearest,
    ridge,
    sheet_of,
    shrunk,
    three_sets,
)

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))


def test_the_sheets_are_those_of_softmax_regression():
    numbers = sheet_of(y)
    starts = np.flatnonzero(np.diff(numbers, prepend=0))
    assert starts.tolist() == sheets(y)
    assert numbers.max() == 12


@pytest.mark.parametrize("seed", range(3))
def test_the_nearest_is_the_closest_image_of_another_part(seed):
    rng = np.random.default_rng(seed)
    images, part = rng.normal(size=(30, 5)), rng.integers(4, size=30)
    for i, found in enumerate(nearest(images, part)):
        others = np.flatnonzero(part != part[i])
        distances = np.linalg.norm(images[others] - images[i], axis=1)
        assert found == others[distances.argmin()]


def test_an_image_that_is_kept_is_its_own_nearest():
    distances = ((X[:, None, :8] - X[None, :50, :8]) ** 2).sum(axis=2)
    assert not distances[range(50), range(50)].any()


def leak(seed):
    sheet = sheet_of(y)
    at_random = np.random.default_rng(seed).permutation(sheet)
    near = nearest(X, at_random)
    better = (y[near] == y).astype(float) - (y[nearest(X, sheet)] == y)
    by_sheet = [better[sheet == k].mean() for k in range(1, 13)]
    return by_sheet, (sheet[near] == sheet).mean()


@pytest.mark.parametrize("seed", range(2))
def test_the_hand_leaks_in_a_random_split(seed):
    better, share = leak(seed)
    mean, error = mean_and_error(better)
    assert 0.015 < mean < 0.03
    assert mean > 3 * error
    # by chance the neighbour would stand on one's own sheet in 1 case of 12
    assert 0.5 < share < 0.56


def test_the_three_sets_are_whole_sheets_and_share_no_row():
    rows = np.arange(len(y))
    parts = three_sets(rows, rows)
    assert np.concatenate([part for part, _ in parts]).tolist() == [*rows]
    assert {part[0] for part, _ in parts} <= set(sheets(y))
    assert [len(part) for part, _ in parts] == [386, 901, 510]
    assert all(np.array_equal(*part) for part in parts)


@pytest.mark.parametrize("seed", range(3))
def test_the_standard_error_is_the_scatter_of_means(seed):
    rng = np.random.default_rng(seed)
    draws = rng.normal(2, 3, (4000, 9))
    pairs = np.array([mean_and_error(draw) for draw in draws])
    # over 4000 draws a scatter is known to about one percent
    assert pairs[:, 0].std() == pytest.approx(1, rel=0.05)
    assert (pairs[:, 1] ** 2).mean() == pytest.approx(1, rel=0.05)


def test_an_interval_is_rounded_outwards():
    d = np.array([0.9, 1.1, 1.0, 1.0])
    mean, error = mean_and_error(d)
    assert (mean - 2 * error, mean + 2 * error) == pytest.approx(
        (0.918, 1.082), abs=1e-3
    )
    assert interval(d, 0.05) == "[+0.9, +1.1]"
    assert interval(-d, 0.5) == "[-1.5, -0.5]"


@pytest.mark.parametrize("alpha", [0.003, 0.1, 2.0])
def test_ridge_is_where_the_slope_of_loss_and_decay_vanishes(alpha):
    rng = np.random.default_rng(7)
    images, target = rng.normal(size=(20, 4)), rng.normal(size=20)
    W = ridge(images, target, alpha)
    slope = images.T @ (images @ W - target) / 20 + alpha * W
    assert np.allclose(slope, 0, atol=1e-12)


@pytest.mark.parametrize("alpha", [0.003, 0.1, 2.0])
def test_decay_shrinks_along_the_directions_of_the_valley(alpha):
    # the first columns of the digits are white: some curvatures are 0
    target = (y[:386] == 3).astype(float)
    factors, W = shrunk(X[:386], target, alpha)
    assert np.allclose(W, ridge(X[:386], target, alpha), atol=1e-9)
    assert factors.min() > -1e-9
    assert factors.max() < 1


def test_gradient_descent_with_decay_arrives_there():
    rng = np.random.default_rng(8)
    images, target = rng.normal(size=(30, 3)), rng.normal(size=30)
    W = np.zeros(3)
    for _ in range(500):
        slope = images.T @ (images @ W - target) / 30
        W = (1 - 0.3 * 0.2) * W - 0.3 * slope
    assert np.allclose(W, ridge(images, target, 0.2), atol=1e-12)
