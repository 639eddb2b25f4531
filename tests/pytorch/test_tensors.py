import numpy as np
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


@pytest.mark.parametrize("seed", range(3))
def test_other_data_follow_the_path_from_scratch_too(seed):
    rng = np.random.default_rng(seed)
    xs, ys = rng.uniform(-1, 2, 7), rng.normal(size=7)
    lr, epochs = rng.uniform(0.1, 0.6), 8
    expected = by_hand(xs.tolist(), ys.tolist(), lr=lr, epochs=epochs)
    found = train(torch.tensor(xs), torch.tensor(ys), lr, epochs)
    assert found == pytest.approx(expected, rel=1e-10)
