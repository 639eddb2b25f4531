from pathlib import Path

import pytest
import torch

from convolutional_network.concise import (
    ConvolutionalNetwork,
    learn,
    percent_right,
    three_sets,
)
from convolutional_network.pitfalls import Mixed, images_that_count
from data import mnist

torch.set_num_threads(1)
X, y = mnist.load(Path(mnist.__file__).with_name("mnist.gz"))
X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
KNOWN, _, TEST = three_sets(X, y)


def test_cut_by_rows_the_sets_hold_different_digits():
    assert set(y[:1000].tolist()) == {0, 1, 2, 3}
    assert set(y[1000:].tolist()) == {4, 5, 6, 7, 8, 9}
    torch.manual_seed(0)
    model = learn(torch.nn.Linear(784, 10), X[:1000], y[:1000])
    assert percent_right(model, X[:1000], y[:1000]) > 90
    assert percent_right(model, X[1000:], y[1000:]) == 0


def test_batches_of_one_digit_end_in_one_answer():
    assert all(len(batch.unique()) == 1 for batch in KNOWN[1].split(50))
    torch.manual_seed(0)
    model = learn(ConvolutionalNetwork(), *KNOWN, order=torch.arange, epochs=2)
    assert percent_right(model, *TEST) == pytest.approx(10)


def test_mixed_up_pictures_have_the_right_shape_and_teach_nothing():
    torch.manual_seed(0)
    model = Mixed()
    assert model(TEST[0]).shape == (1000, 10)
    learn(model, *KNOWN, epochs=2)
    assert percent_right(model, *TEST) < 20


@pytest.mark.parametrize("n", [2, 8])
def test_the_check_tells_mixed_pictures_from_others(n):
    torch.manual_seed(1)
    assert images_that_count(Mixed(), TEST[0][:n]) == list(range(n))
    assert images_that_count(ConvolutionalNetwork(), TEST[0][:n]) == [0]
