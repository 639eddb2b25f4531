import warnings

import numpy as np
import pytest

from data import hubble_1929
from gradient_descent.pitfalls import train_in_turn, train_on_the_sum
from gradient_descent.vectorized import curvatures, path

x, y = np.array(hubble_1929.x), np.array(hubble_1929.y)
CLOSED_FORM = np.polyfit(x, y, 1)
LIMIT = 2 / curvatures(x)[1]


def test_updates_in_turn_share_w_but_not_b_in_the_first_epoch():
    for lr in np.random.default_rng(0).uniform(0.1, 1, size=5):
        w, b = path(x, y, lr=lr, epochs=1)[-1]
        in_turn_w, in_turn_b = train_in_turn(x, y, lr=lr, epochs=1)
        assert in_turn_w == pytest.approx(w)
        # b sees the new w: lr * mean(x) * w lower
        assert in_turn_b == pytest.approx(b - lr * x.mean() * w)


def test_updates_in_turn_end_at_the_same_point_all_the_same():
    assert train_in_turn(x, y) == pytest.approx(CLOSED_FORM, abs=1e-6)


def test_updates_in_turn_converge_at_a_rate_where_the_joint_ones_diverge():
    w, b = train_in_turn(x, y, lr=1.4)
    assert (w, b) == pytest.approx(CLOSED_FORM, abs=1e-6)
    assert np.abs(path(x, y, lr=1.4)[-1]).max() > 1e80


@pytest.mark.parametrize(("share", "converges"), [(0.99, True), (1.01, False)])
def test_the_limit_in_turn_is_where_the_two_factors_multiply_to_1(
    share, converges
):
    # (1 - lr q) (1 - lr) = 1, the determinant of an epoch
    lr = share * (1 + 1 / (x * x).mean())
    w, b = train_in_turn(x, y, lr=lr, epochs=1500)
    near = (w, b) == pytest.approx(CLOSED_FORM, abs=1e-3)
    assert near == converges


def test_in_thousandths_of_the_unit_five_epochs_are_enough_to_fly_away():
    assert np.abs(path(1000 * x, y, epochs=5)[-1]).max() > 1e25
    flat, steep = curvatures(1000 * x)
    assert 2 / steep < 2e-6
    assert 2 / steep * flat < 1e-6


def test_standardised_distances_need_one_step():
    standard = (x - x.mean()) / x.std()
    assert curvatures(standard) == pytest.approx((1, 1))
    w, c = path(standard, y, lr=1.0, epochs=1)[-1]
    slope = w / x.std()
    line = slope, c - slope * x.mean()
    assert line == pytest.approx(CLOSED_FORM)


def test_the_sum_flies_away_at_the_rate_of_the_mean():
    assert max(map(abs, train_on_the_sum(x, y, epochs=10))) > 1e15


def test_the_sum_ends_in_nan():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # overflow
        assert np.isnan(train_on_the_sum(x, y, epochs=300)).all()


@pytest.mark.parametrize("epochs", [1, 300])
def test_the_sum_with_a_rate_divided_by_n_is_the_mean(epochs):
    w, b = train_on_the_sum(x, y, lr=0.5 / len(x), epochs=epochs)
    assert (w, b) == pytest.approx(path(x, y, epochs=epochs)[-1], abs=1e-8)


@pytest.mark.parametrize(("share", "converges"), [(0.99, True), (1.01, False)])
def test_the_limit_of_the_sum_is_n_times_smaller(share, converges):
    w, b = train_on_the_sum(x, y, lr=share * LIMIT / len(x), epochs=1500)
    near = (w, b) == pytest.approx(CLOSED_FORM, abs=1e-6)
    assert near == converges


def test_with_a_mean_copies_of_the_data_leave_the_limit_alone():
    assert curvatures(np.tile(x, 10)) == pytest.approx(curvatures(x))
