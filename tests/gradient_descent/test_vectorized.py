import numpy as np
import pytest

from data import hubble_1929
from gradient_descent import scratch
from gradient_descent.vectorized import (
    curvatures,
    gradient,
    mean_square,
    path,
)

x, y = np.array(hubble_1929.x), np.array(hubble_1929.y)


@pytest.mark.parametrize(
    ("w", "b"), np.random.default_rng(0).normal(scale=300, size=(8, 2))
)
def test_gradient_is_that_from_scratch(w, b):
    expected = scratch.gradient(w, b, hubble_1929.x, hubble_1929.y)
    assert gradient(w, b, x, y) == pytest.approx(expected, rel=1e-12)


def test_path_is_that_from_scratch_epoch_by_epoch():
    points = path(x, y)
    assert points.shape == (301, 2)
    for epochs in range(301):
        expected = scratch.train(hubble_1929.x, hubble_1929.y, epochs=epochs)
        assert points[epochs] == pytest.approx(expected, abs=1e-9)


def test_path_and_curvatures_hold_for_other_data():
    rng = np.random.default_rng(1)
    for _ in range(5):
        xs, ys = rng.normal(size=7), rng.normal(size=7)
        lr = 1 / curvatures(xs)[1]
        expected = scratch.train(xs, ys, lr=lr, epochs=9)
        assert path(xs, ys, lr, 9)[-1] == pytest.approx(expected, rel=1e-9)
        hessian = [[np.mean(xs * xs), xs.mean()], [xs.mean(), 1.0]]
        assert curvatures(xs) == pytest.approx(np.linalg.eigvalsh(hessian))


def test_path_ends_at_the_closed_form():
    assert path(x, y)[-1] == pytest.approx(np.polyfit(x, y, 1), abs=1e-8)


def test_mean_square_is_the_second_derivative_in_w():
    def loss(w):
        return scratch.loss(w, 7.0, x, y)

    # exact for a square: only rounding is left
    assert loss(1) - 2 * loss(0) + loss(-1) == pytest.approx(mean_square(x))


def test_curvatures_are_the_eigenvalues_of_the_hessian():
    hessian = [[np.mean(x * x), x.mean()], [x.mean(), 1.0]]
    assert curvatures(x) == pytest.approx(np.linalg.eigvalsh(hessian))
    assert curvatures(x) == pytest.approx((0.196358, 2.03355), abs=5e-6)
    assert 2 / curvatures(x)[1] == pytest.approx(0.98350, abs=5e-6)


@pytest.mark.parametrize("which", [0, 1])
def test_each_epoch_shrinks_a_direction_by_its_own_factor(which):
    hessian = [[np.mean(x * x), x.mean()], [x.mean(), 1.0]]
    direction = np.linalg.eigh(hessian)[1][:, which]
    offsets = (path(x, y, lr=0.9, epochs=20) - np.polyfit(x, y, 1)) @ direction
    factor = 1 - 0.9 * curvatures(x)[which]
    assert offsets[1:] == pytest.approx(factor * offsets[:-1], rel=1e-6)


def test_the_height_is_half_the_mean_square_of_the_moves():
    w, b = np.polyfit(x, y, 1)
    moves = 30.0 * x - 70.0
    height = scratch.loss(w + 30, b - 70, x, y) - scratch.loss(w, b, x, y)
    assert height == pytest.approx((moves**2).mean() / 2)


def test_the_steep_direction_lifts_the_line_and_the_flat_one_turns_it():
    hessian = [[np.mean(x * x), x.mean()], [x.mean(), 1.0]]
    flat, steep = np.linalg.eigh(hessian)[1].T
    assert steep[0] * steep[1] > 0
    assert flat[0] * flat[1] < 0
    assert x.min() < -flat[1] / flat[0] < x.max()  # turns inside the data
