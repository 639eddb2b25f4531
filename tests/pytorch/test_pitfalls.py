import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from pytorch.module import line
from pytorch.pitfalls import (
    slope_in_place,
    train_with_wrong_shapes,
    train_without_zero_grad,
)

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


@pytest.mark.parametrize("seed", range(3))
def test_both_mistakes_are_the_same_on_other_data(seed):
    rng = np.random.default_rng(seed)
    xs, ys = rng.uniform(0, 1, 9), rng.normal(3, 1, 9)
    columns = [torch.tensor(v).unsqueeze(1) for v in (xs, ys)]
    flat = train_with_wrong_shapes(line(), columns[0], torch.tensor(ys))
    # no way to the mean is left after 300 epochs
    assert flat == pytest.approx((0.0, ys.mean()), abs=0.1)
    w, b, dw, db = 0.0, 0.0, 0.0, 0.0
    for _ in range(4):
        error = w * xs + b - ys
        dw, db = dw + (error * xs).mean(), db + error.mean()
        w, b = w - 0.2 * dw, b - 0.2 * db
    found = train_without_zero_grad(line(), *columns, lr=0.2, epochs=4)
    assert found == pytest.approx((w, b))


def test_a_parameter_cannot_be_changed_while_it_is_recorded():
    w = torch.zeros((), requires_grad=True)
    with pytest.raises(RuntimeError, match="a leaf Variable"):
        w -= 0.1
    with torch.no_grad():
        w -= 0.1
    assert w.item() == pytest.approx(-0.1)


def test_a_gradient_is_none_before_the_first_walk_back():
    w = torch.zeros((), requires_grad=True)
    with pytest.raises(TypeError, match="NoneType"):
        w - 0.1 * w.grad
    (w * 2).backward()
    other = w - 0.1 * w.grad
    assert not other.is_leaf


def test_a_second_walk_back_needs_a_second_loss():
    w = torch.zeros((), requires_grad=True)
    loss = (w - 3) ** 2
    loss.backward()
    with pytest.raises(RuntimeError, match="a second time"):
        loss.backward()
    ((w - 3) ** 2).backward()
    assert w.grad == -12


def test_integers_have_no_gradient():
    with pytest.raises(RuntimeError, match="floating point"):
        torch.tensor(3, requires_grad=True)
    assert torch.tensor(3.0, requires_grad=True).requires_grad


def test_float32_and_float64_do_not_mix_in_a_layer():
    layer = torch.nn.Linear(1, 1)
    assert layer.weight.dtype is torch.float32
    with pytest.raises(RuntimeError, match="same dtype"):
        layer(X)
    assert layer(X.float()).dtype is torch.float32


def test_a_number_that_the_walk_back_needs_cannot_be_changed_in_place():
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        slope_in_place(2)


def test_a_new_tensor_leaves_the_recorded_one_alone():
    w = torch.tensor(2.0, requires_grad=True)
    error = w * 3 - 9
    loss = error**2 / 2
    error = error + 1
    loss.backward()
    assert (w.grad.item(), error.item()) == (-9, -2)
