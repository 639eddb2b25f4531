import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from gradient_descent import scratch
from gradient_descent.concise import train

X = torch.tensor(x, dtype=torch.float64)
Y = torch.tensor(y, dtype=torch.float64)


@pytest.mark.parametrize("epochs", [*range(20), 100, 300])
def test_it_is_where_scratch_is_after_each_epoch(epochs):
    expected = scratch.train(x, y, epochs=epochs)
    assert train(X, Y, epochs=epochs) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("lr", [0.1, 0.95, 1.2])
def test_it_follows_scratch_at_other_learning_rates(lr):
    # beyond the limit rounding grows with the walk, so compare relatively
    expected = scratch.train(x, y, lr=lr, epochs=50)
    assert train(X, Y, lr=lr, epochs=50) == pytest.approx(expected, rel=1e-9)


def test_it_follows_scratch_on_other_data():
    rng = np.random.default_rng(0)
    for _ in range(5):
        xs, ys = rng.normal(size=6), rng.normal(size=6)
        expected = scratch.train(xs, ys, lr=0.2, epochs=8)
        ours = train(torch.tensor(xs), torch.tensor(ys), lr=0.2, epochs=8)
        assert ours == pytest.approx(expected, rel=1e-9)


def test_it_reaches_the_closed_form():
    assert train(X, Y) == pytest.approx(np.polyfit(x, y, 1), abs=1e-8)


def test_float32_reaches_it_to_single_precision():
    # 24 bits keep about 7 digits of numbers as large as 1090
    w, b = train(X.float(), Y.float())
    assert (w, b) == pytest.approx(np.polyfit(x, y, 1), abs=2e-3)
