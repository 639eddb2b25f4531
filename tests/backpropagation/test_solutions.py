import numpy as np
import pytest
import sympy
import torch

from backpropagation.solutions import (
    f,
    inner,
    slopes,
    train_wide,
    wide_backward,
    wide_forward,
    wide_loss,
)
from data.hubble_1929 import x, y

THOUSANDS = [yi / 1000 for yi in y]
ALIKE = (1, 0, 1, 0, 1, 1, 0)
APART = (1, 0, 2, 0, 0, 0, 0)


def loss_by_torch(parameters, xs, ys):
    w1, b1, w2, b2, w3, w4, b3 = parameters
    xs, ys = (torch.tensor(v, dtype=torch.float64) for v in (xs, ys))
    y_hat = w3 * torch.tanh(w1 * xs + b1) + w4 * torch.tanh(w2 * xs + b2) + b3
    return ((y_hat - ys) ** 2).mean() / 2


def test_slopes_by_hand_are_what_sympy_derives():
    w, b = sympy.symbols("w b")
    dw, db = slopes(w, b)
    assert sympy.expand(dw - sympy.diff(f(w, b), w)) == 0
    assert sympy.expand(db - sympy.diff(f(w, b), b)) == 0


def test_the_numbers_of_the_walk():
    assert (inner(3, 1), f(3, 1)) == (6, 36)
    assert slopes(3, 1) == (24, 36)


def test_wide_backward_finds_the_slopes_of_torch():
    rng = np.random.default_rng(0)
    for *start, xi, yi in rng.normal(size=(10, 9)):
        parameters = torch.tensor(start, dtype=torch.float64)
        parameters.requires_grad_()
        loss_by_torch(parameters, [xi], [yi]).backward()
        g1, g2, y_hat = wide_forward(*start, xi)
        ours = wide_backward(*start[4:6], xi, yi, g1, g2, y_hat)
        assert ours == pytest.approx(parameters.grad.tolist(), rel=1e-9)


def test_wide_loss_and_training_are_those_of_torch():
    rng = np.random.default_rng(1)
    start = rng.normal(size=7).tolist()
    parameters = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    expected = loss_by_torch(parameters, x, THOUSANDS).item()
    assert wide_loss(start, x, THOUSANDS) == pytest.approx(expected)
    optimizer = torch.optim.SGD([parameters], lr=0.5)
    for _ in range(20):
        optimizer.zero_grad()
        loss_by_torch(parameters, x, THOUSANDS).backward()
        optimizer.step()
    ours = train_wide(start, x, THOUSANDS, epochs=20)
    assert ours == pytest.approx(parameters.tolist(), rel=1e-9)


def test_equal_units_stay_equal_whatever_they_start_from():
    rng = np.random.default_rng(2)
    for w, b, w_out, b_out in rng.normal(size=(5, 4)):
        start = (w, b, w, b, w_out, w_out, b_out)
        w1, b1, w2, b2, w3, w4, _ = train_wide(start, x, THOUSANDS, epochs=50)
        assert (w1, b1, w3) == (w2, b2, w4)


def test_from_zero_only_the_last_bias_moves():
    *still, b3 = train_wide((0,) * 7, x, THOUSANDS)
    assert still == [0] * 6
    assert b3 == pytest.approx(sum(THOUSANDS) / 24)


def test_zeros_in_biases_and_in_the_last_layer_do_no_harm():
    apart = train_wide(APART, x, THOUSANDS)
    alike = train_wide(ALIKE, x, THOUSANDS)
    assert apart[0] != apart[2]
    assert wide_loss(apart, x, THOUSANDS) < wide_loss(alike, x, THOUSANDS)


def test_after_one_update_from_apart_the_last_layer_differs():
    w1, b1, w2, b2, w3, w4, _ = train_wide(APART, x, THOUSANDS, epochs=1)
    assert (w1, b1, w2, b2) == (1, 0, 2, 0)
    assert 0 < w3 < w4
