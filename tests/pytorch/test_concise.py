import numpy as np
import pytest
import torch
from torch.optim.optimizer import register_optimizer_step_post_hook

from data.hubble_1929 import x, y
from gradient_descent.scratch import gradient
from gradient_descent.scratch import train as by_hand
from pytorch import autograd, concise, module, tensors
from pytorch.concise import train
from pytorch.module import line

X = torch.tensor(x, dtype=torch.float64).unsqueeze(1)
Y = torch.tensor(y, dtype=torch.float64).unsqueeze(1)


@pytest.mark.parametrize("epochs", [0, 1, 2, 3, 10, 300])
@pytest.mark.parametrize("lr", [0.1, 0.5, 0.9])
def test_each_epoch_is_that_of_the_program_from_scratch(lr, epochs):
    # Sums run in another order: some units in the last of 16 digits.
    expected = pytest.approx(by_hand(x, y, lr=lr, epochs=epochs), rel=1e-12)
    assert train(line(), X, Y, lr=lr, epochs=epochs) == expected


def test_all_300_epochs_are_those_of_the_program_from_scratch():
    path = []

    def record(optimizer, *_):
        (group,) = optimizer.param_groups
        path.append(tuple(each.item() for each in group["params"]))

    hook = register_optimizer_step_post_hook(record)
    try:
        train(line(), X, Y)
    finally:
        hook.remove()
    assert len(path) == 300
    w, b = 0.0, 0.0
    for found in path:
        dw, db = gradient(w, b, x, y)
        w, b = w - 0.5 * dw, b - 0.5 * db
        assert found == pytest.approx((w, b), rel=1e-12)


def test_it_ends_at_the_least_squares_line():
    expected = pytest.approx(np.polyfit(x, y, deg=1), rel=1e-9)
    assert train(line(), X, Y) == expected


def test_the_defaults_are_those_of_the_program_from_scratch():
    assert train(line(), X, Y) == train(line(), X, Y, lr=0.5, epochs=300)


def test_one_epoch_fewer_can_be_told_apart():
    # 0.9 decays slowly: at epoch 299 the last digits still move.
    assert train(line(), X, Y, lr=0.1) != train(
        line(), X, Y, lr=0.1, epochs=299
    )


def column(v):
    return torch.tensor(v).unsqueeze(1)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("step", [tensors, autograd, module, concise])
def test_at_each_step_other_data_follow_the_path_from_scratch(step, seed):
    rng = np.random.default_rng(seed)
    xs, ys = rng.uniform(-1, 2, 7), rng.normal(size=7)
    lr, epochs = rng.uniform(0.1, 0.6), 8
    expected = by_hand(xs.tolist(), ys.tolist(), lr=lr, epochs=epochs)
    if step in (tensors, autograd):
        given = torch.tensor(xs), torch.tensor(ys)
    else:
        given = line(), column(xs), column(ys)
    found = step.train(*given, lr=lr, epochs=epochs)
    # The sums are the same in another order.
    assert found == pytest.approx(expected, rel=1e-10)
