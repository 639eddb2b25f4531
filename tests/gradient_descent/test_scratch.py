from itertools import pairwise

import numpy as np
import pytest
import sympy

from data.hubble_1929 import x, y
from gradient_descent.scratch import gradient, loss, train
from linear_regression import scratch as linear_regression

HESSIAN = np.array([[np.mean(np.square(x)), np.mean(x)], [np.mean(x), 1.0]])
LIMIT = 2 / np.linalg.eigvalsh(HESSIAN)[-1]


def test_loss_is_half_the_mean_square_of_the_residuals():
    w, b = sympy.symbols("w b")
    exact = sum((w * u + b - v) ** 2 for u, v in ((1, 5), (3, 4))) / 4
    assert sympy.expand(loss(w, b, [1, 3], [5, 4]) - exact) == 0


def test_loss_is_the_one_of_the_earlier_chapter():
    earlier = linear_regression.loss(300, 20, x, y)
    assert loss(300, 20, x, y) == pytest.approx(earlier)


def test_gradient_is_what_sympy_derives():
    w, b = sympy.symbols("w b")
    xs, ys = sympy.symbols("x:4"), sympy.symbols("y:4")
    exact = loss(w, b, xs, ys)
    dw, db = gradient(w, b, xs, ys)
    assert sympy.expand(dw - sympy.diff(exact, w)) == 0
    assert sympy.expand(db - sympy.diff(exact, b)) == 0


RANDOM = np.random.default_rng(0).normal(scale=300, size=(8, 2)).tolist()


@pytest.mark.parametrize(("w", "b"), RANDOM)
def test_gradient_is_the_central_difference(w, b):
    # exact for a square: only rounding is left
    delta = 0.1
    dw = (loss(w + delta, b, x, y) - loss(w - delta, b, x, y)) / (2 * delta)
    db = (loss(w, b + delta, x, y) - loss(w, b - delta, x, y)) / (2 * delta)
    assert gradient(w, b, x, y) == pytest.approx((dw, db), rel=1e-8)


@pytest.mark.parametrize(("w", "b"), RANDOM)
def test_the_gradient_is_the_steepest_way(w, b):
    dw, db = gradient(w, b, x, y)
    length = np.hypot(dw, db)
    angles = np.linspace(0, 2 * np.pi, 721)
    # per unit of a step so short that only the slope counts
    delta = 1e-3
    changes = [
        (loss(w + delta * p, b + delta * s, x, y) - loss(w, b, x, y)) / delta
        for p, s in zip(np.cos(angles), np.sin(angles), strict=True)
    ]
    # curvature adds delta * lambda / 2 at most, 0.001 of a unit
    expected = length * np.cos(angles - np.arctan2(db, dw))
    assert changes == pytest.approx(expected, abs=2e-3)
    assert min(changes) == pytest.approx(-length, rel=1e-3)
    steepest = angles[np.argmin(changes)]
    straight_against = np.arctan2(-db, -dw) % (2 * np.pi)
    assert np.cos(steepest - straight_against) > np.cos(np.radians(1))


def test_the_first_step_does_not_head_for_the_lowest_point():
    step = -np.array(gradient(0.0, 0.0, x, y))
    way = np.polyfit(x, y, deg=1)
    cosine = step @ way / np.linalg.norm(step) / np.linalg.norm(way)
    assert cosine < 0.8


def test_gradient_vanishes_at_the_least_squares_line():
    w, b = np.polyfit(x, y, deg=1)
    assert gradient(w, b, x, y) == pytest.approx((0.0, 0.0), abs=1e-9)


def test_first_epoch_is_the_one_worked_out_by_hand():
    dw = -np.dot(x, y) / len(x)  # z = 0
    expected = (-0.5 * dw, 0.5 * np.mean(y))
    assert train(x, y, epochs=1) == pytest.approx(expected)
    assert train(x, y, epochs=1) == pytest.approx((260.70198, 186.5625))


def test_train_reaches_the_closed_form():
    # the flat direction shrinks to 0.9018^300 = 3e-14 of the start
    expected = np.polyfit(x, y, deg=1)
    assert train(x, y) == pytest.approx(expected, abs=1e-8)
    assert train(x, y) == pytest.approx((454.15844, -40.78365), abs=5e-6)


def test_the_loss_falls_in_every_epoch_below_the_limit():
    losses = [loss(*train(x, y, epochs=t), x, y) for t in range(40)]
    assert all(after < before for before, after in pairwise(losses))


def test_99_percent_of_the_limit_converges():
    # 0.98^1500 = 7e-14
    w, b = train(x, y, lr=0.99 * LIMIT, epochs=1500)
    assert (w, b) == pytest.approx(np.polyfit(x, y, deg=1), abs=1e-8)


def test_101_percent_of_the_limit_diverges():
    def at(epochs):
        return loss(*train(x, y, lr=1.01 * LIMIT, epochs=epochs), x, y)

    assert at(1) < 1.002 * at(0)  # at first it hardly shows
    assert at(300) > 1e10
    # 1.02 times as far, so 1.02^2 times as high
    assert at(300) / at(299) == pytest.approx(1.02**2, rel=1e-3)


def test_no_other_line_has_a_lower_loss():
    rng = np.random.default_rng(0)
    w, b = np.polyfit(x, y, deg=1)
    lowest = loss(w, b, x, y)
    for dw, db in rng.normal(scale=100, size=(100, 2)):
        assert loss(w + dw, b + db, x, y) > lowest


def test_half_the_rate_without_the_half_walks_the_same_path():
    w, b = 0.0, 0.0
    for _ in range(5):
        dw, db = gradient(w, b, x, y)
        w, b = w - 0.25 * (2 * dw), b - 0.25 * (2 * db)
    assert (w, b) == pytest.approx(train(x, y, lr=0.5, epochs=5))
