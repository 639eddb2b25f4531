import numpy as np
import pytest

from data import hubble_1929
from gradient_descent.scratch import gradient
from gradient_descent.solutions import centred_path, epochs_needed, step
from gradient_descent.vectorized import curvatures

x, y = np.array(hubble_1929.x), np.array(hubble_1929.y)
CLOSED_FORM = np.polyfit(x, y, 1)
FLAT, STEEP = curvatures(x)
BEST = 2 / (STEEP + FLAT)


def test_the_step_is_the_one_worked_out_with_a_pencil():
    two = np.array([1, 2]), np.array([500, 900])
    dw, db = (-500 * 1 - 900 * 2) / 2, (-500 - 900) / 2
    assert (dw, db) == (-1150, -700)
    assert step(0.0, 0.0, *two, lr=0.1) == pytest.approx((115.0, 70.0))


def test_the_step_is_that_of_scratch_from_anywhere():
    rng = np.random.default_rng(0)
    for w, b, lr in rng.normal(size=(5, 3)):
        dw, db = gradient(w, b, hubble_1929.x, hubble_1929.y)
        expected = w - lr * dw, b - lr * db
        assert step(w, b, x, y, lr) == pytest.approx(expected)


def test_epochs_needed_is_the_first_epoch_close_enough():
    # offsets in the two directions, each with its own factor
    hessian = [[np.mean(x * x), x.mean()], [x.mean(), 1.0]]
    directions = np.linalg.eigh(hessian)[1]
    start = -CLOSED_FORM @ directions

    def near(lr, epochs):
        factors = 1 - lr * np.array([FLAT, STEEP])
        return (np.abs(directions @ (factors**epochs * start)) < 0.01).all()

    for lr in (0.1, 0.5, 0.88):
        epochs = epochs_needed(x, y, lr)
        assert near(lr, epochs)
        assert not near(lr, epochs - 1)


def test_the_last_epoch_counts_and_none_after_it():
    epochs = epochs_needed(x, y, 0.5)
    assert epochs_needed(x, y, 0.5, epochs=epochs) == epochs
    assert epochs_needed(x, y, 0.5, epochs=epochs - 1) is None


def test_a_rate_beyond_the_limit_never_comes_close():
    assert epochs_needed(x, y, 1.01 * 2 / STEEP) is None


def test_the_fewest_epochs_are_a_little_below_the_rate_that_balances_both():
    rates = np.arange(0.80, 0.98, 0.01)
    epochs = np.array([epochs_needed(x, y, lr) for lr in rates])
    fewest = rates[epochs == epochs.min()]
    assert fewest == pytest.approx([0.87, 0.88, 0.89])
    assert epochs_needed(x, y, BEST) > epochs.min()
    assert abs(STEEP / FLAT - 10) < 0.5


def test_they_are_below_it_from_a_start_equally_far_in_both_directions():
    hessian = [[np.mean(x * x), x.mean()], [x.mean(), 1.0]]
    flat, steep = np.linalg.eigh(hessian)[1].T
    rates = np.arange(0.80, 0.98, 0.01)
    for w, b in 300 * (steep + flat), 300 * (steep - flat):
        epochs = [epochs_needed(x, w * x + b, lr) for lr in rates]
        fewest = rates[epochs == np.min(epochs)]
        assert fewest.max() < BEST
        assert epochs_needed(x, w * x + b, BEST) > min(epochs)


def test_the_best_rate_shrinks_both_directions_alike():
    flat, steep = 1 - BEST * FLAT, 1 - BEST * STEEP
    assert flat == pytest.approx(-steep)

    def slowest(lr):
        return max(abs(1 - lr * FLAT), abs(1 - lr * STEEP))

    for lr in (BEST - 0.01, BEST + 0.01):
        assert slowest(lr) > slowest(BEST)


def test_centred_distances_give_the_same_line():
    points = centred_path(x, y)
    assert points.shape == (31, 2)
    assert points[-1] == pytest.approx(CLOSED_FORM, abs=1e-6)


def test_centred_curvatures_are_the_variance_and_1():
    assert curvatures(x - x.mean()) == pytest.approx((x.var(), 1.0))


def test_centred_distances_allow_a_rate_just_below_2():
    w, b = centred_path(x, y, lr=1.98, epochs=1500)[-1]
    assert (w, b) == pytest.approx(CLOSED_FORM, abs=1e-6)
    assert np.abs(centred_path(x, y, lr=2.02, epochs=1500)[-1]).max() > 1e10
