import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from gradient_descent.scratch import train as by_hand
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
