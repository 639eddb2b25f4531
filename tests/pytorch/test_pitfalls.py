import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from pytorch.module import line
from pytorch.pitfalls import train_with_wrong_shapes, train_without_zero_grad

X = torch.tensor(x, dtype=torch.float64).unsqueeze(1)
Y = torch.tensor(y, dtype=torch.float64).unsqueeze(1)


def test_without_zero_grad_a_step_sums_all_gradients_so_far():
    w, b, dw, db = 0.0, 0.0, 0.0, 0.0
    for epochs in range(6):
        found = train_without_zero_grad(line(), X, Y, epochs=epochs)
        assert found == pytest.approx((w, b), rel=1e-12)
        error = w * np.array(x) + b - np.array(y)
        dw, db = dw + (error * x).mean(), db + error.mean()
        w, b = w - 0.5 * dw, b - 0.5 * db


def test_without_zero_grad_it_never_settles():
    best = np.polyfit(x, y, deg=1)[0]
    off = [
        abs(train_without_zero_grad(line(), X, Y, epochs=t)[0] - best)
        for t in range(290, 301)
    ]
    assert max(off) > 100


def test_wrong_shapes_compare_each_prediction_with_each_velocity():
    model = line()
    assert (model(X) - Y.squeeze(1)).shape == (24, 24)


def test_with_wrong_shapes_the_line_ends_flat_at_the_mean():
    found = train_with_wrong_shapes(line(), X, Y.squeeze(1))
    assert found == pytest.approx((0.0, np.mean(y)), abs=1e-9)
    slow = train_with_wrong_shapes(line(), X, Y.squeeze(1), epochs=1)
    assert slow == pytest.approx((0.5 * np.mean(x) * np.mean(y), 186.5625))
