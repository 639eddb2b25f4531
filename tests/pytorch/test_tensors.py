import pytest
import torch

from data.hubble_1929 import x, y
from gradient_descent.scratch import train as by_hand
from pytorch.tensors import train


@pytest.mark.parametrize("epochs", [0, 1, 2, 3, 10, 300])
def test_each_epoch_is_that_of_the_program_from_scratch(epochs):
    X = torch.tensor(x, dtype=torch.float64)
    Y = torch.tensor(y, dtype=torch.float64)
    # Sums run in another order: some units in the last of 16 digits.
    expected = pytest.approx(by_hand(x, y, epochs=epochs), rel=1e-12)
    assert train(X, Y, epochs=epochs) == expected
