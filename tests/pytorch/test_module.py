import pytest
import torch

from data.hubble_1929 import x, y
from gradient_descent.scratch import train as by_hand
from pytorch.module import line, train

X = torch.tensor(x, dtype=torch.float64).unsqueeze(1)
Y = torch.tensor(y, dtype=torch.float64).unsqueeze(1)


def test_the_line_begins_flat_at_zero():
    assert torch.equal(line()(X), torch.zeros(24, 1, dtype=torch.float64))


@pytest.mark.parametrize("epochs", [0, 1, 2, 3, 10, 300])
def test_each_epoch_is_that_of_the_program_from_scratch(epochs):
    # Sums run in another order: some units in the last of 16 digits.
    expected = pytest.approx(by_hand(x, y, epochs=epochs), rel=1e-12)
    assert train(line(), X, Y, epochs=epochs) == expected


def test_the_learning_rate_reaches_the_step():
    expected = pytest.approx(by_hand(x, y, lr=0.1, epochs=3), rel=1e-12)
    assert train(line(), X, Y, lr=0.1, epochs=3) == expected
