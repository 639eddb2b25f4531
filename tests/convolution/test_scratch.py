import random

import numpy as np
import pytest
import torch

from convolution.scratch import (
    correlate,
    gradient,
    max_pool,
    pad,
    positions,
    slide,
    train,
)
from loss_functions.scratch import mean_squared

functional = torch.nn.functional


@pytest.fixture(params=range(4))
def rng(request):
    return np.random.default_rng(request.param)


def tensor(array):
    return torch.tensor(np.array(array), dtype=torch.float64)[None, None]


def toeplitz(w, size):
    """Return the matrix whose rows hold the kernel, one place further each."""
    rows = np.zeros((size - len(w) + 1, size))
    for i, row in enumerate(rows):
        row[i : i + len(w)] = w
    return rows


def test_sliding_is_a_matrix_with_the_same_weights_in_each_row(rng):
    x, w, b = rng.normal(size=9), rng.normal(size=4), rng.normal()
    expected = toeplitz(w, 9) @ x + b
    assert slide(list(x), list(w), b) == pytest.approx(expected)


def test_the_gradient_is_that_of_central_differences(rng):
    x, w, y = (rng.normal(size=n).tolist() for n in (11, 3, 9))
    b, delta = rng.normal(), 1e-5
    dw, db = gradient(x, w, b, y)

    def loss(w, b):
        return mean_squared(slide(x, w, b), y)

    for j, slope in enumerate(dw):
        up, down = ([*w], [*w])
        up[j] += delta
        down[j] -= delta
        nudged = (loss(up, b) - loss(down, b)) / (2 * delta)
        # the loss is a square, so only rounding is left: 1e-16 / delta
        assert slope == pytest.approx(nudged, abs=1e-9)
    nudged = (loss(w, b + delta) - loss(w, b - delta)) / (2 * delta)
    assert db == pytest.approx(nudged, abs=1e-9)


def test_targets_that_do_not_fit_the_positions_are_refused():
    with pytest.raises(ValueError, match="4 positions, but 6 targets"):
        gradient([0.0] * 6, [0.0] * 3, 0.0, [0.0] * 6)


@pytest.mark.parametrize("seed", range(3))
def test_a_kernel_is_learned_from_a_row_and_its_answer(seed):
    rng = random.Random(seed)
    x = [rng.gauss(0, 1) for _ in range(100)]
    hidden, bias = [rng.gauss(0, 1) for _ in range(3)], rng.gauss(0, 1)
    w, b = train(x, slide(x, hidden, bias))
    # independent pixels: the error shrinks by a constant factor each epoch
    assert w == pytest.approx(hidden, abs=1e-6)
    assert b == pytest.approx(bias, abs=1e-6)


def test_it_takes_three_weights_and_a_hundred_steps_of_a_half():
    x = [0.5 + 0.1 * (i % 4) for i in range(12)]  # alike: it learns slowly
    y = slide(x, [0.5, -1.0, 2.0])
    assert train(x, y) == train(x, y, d=3, lr=0.5, epochs=100)
    assert train(x, y) != train(x, y, epochs=101)
    assert train(x, y) != train(x, y, lr=0.51)


def test_the_first_step_leaves_zero_against_the_gradient(rng):
    x, y = rng.normal(size=9).tolist(), rng.normal(size=7).tolist()
    dw, db = gradient(x, [0.0] * 3, 0.0, y)
    w, b = train(x, y, lr=0.25, epochs=1)
    assert w == pytest.approx([-0.25 * slope for slope in dw])
    assert b == pytest.approx(-0.25 * db)


def test_a_picture_is_correlated_as_torch_does(rng):
    V, W, b = rng.normal(size=(9, 7)), rng.normal(size=(3, 3)), rng.normal()
    for f, s in ((0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 3)):
        theirs = functional.conv2d(
            tensor(V), tensor(W), padding=f, stride=s
        ).numpy()
        ours = correlate(pad(V.tolist(), f), W.tolist(), b, s)
        assert np.allclose(ours, theirs[0, 0] + b, rtol=0, atol=1e-13)
        assert len(ours) == positions(9, 3, f, s)
        assert len(ours[0]) == positions(7, 3, f, s)


def test_a_picture_may_have_a_single_row():
    row = [[1.0, 4.0, 2.0]]
    assert correlate(row, [[2.0]]) == [[2.0, 8.0, 4.0]]
    assert max_pool(row, 1) == row
    assert pad(row) == [[0.0] * 5, [0.0, 1.0, 4.0, 2.0, 0.0], [0.0] * 5]


def test_the_number_of_positions_is_that_of_all_places_that_fit():
    for N in range(3, 12):
        for k in range(1, 4):
            for f in range(3):
                for s in range(1, 4):
                    begins = range(0, N + 2 * f - k + 1, s)
                    assert positions(N, k, f, s) == len(begins)


def test_a_frame_of_zeros_is_that_of_numpy(rng):
    V = rng.normal(size=(3, 5))
    for f in range(3):
        assert np.array_equal(pad(V.tolist(), f), np.pad(V, f))


def test_pooling_is_that_of_torch_and_leaves_out_what_does_not_fit(rng):
    V = rng.normal(size=(9, 7))
    for k in (1, 2, 3):
        theirs = functional.max_pool2d(tensor(V), k).numpy()[0, 0]
        assert np.array_equal(max_pool(V.tolist(), k), theirs)
