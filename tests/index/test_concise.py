import numpy as np
import pytest

from data.hubble_1929 import x, y
from gradient_descent import scratch
from index.concise import train


def test_it_finds_the_least_squares_line():
    assert train(x, y) == pytest.approx(np.polyfit(x, y, deg=1), rel=1e-8)


@pytest.mark.parametrize("epochs", [0, 1, 2, 10])
def test_it_walks_as_the_program_from_scratch_does(epochs):
    ours = scratch.train(x, y, lr=0.3, epochs=epochs)
    # Only the order of the sums differs: some units in the last place.
    assert train(x, y, lr=0.3, epochs=epochs) == pytest.approx(ours, rel=1e-12)
