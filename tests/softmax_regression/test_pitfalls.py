from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from data import digits
from softmax_regression.concise import Digits, accuracy, ten_lines, train
from softmax_regression.pitfalls import first_slope, softmax_first
from softmax_regression.vectorized import split

IMAGES = Digits(
    *split(*digits.load(Path(digits.__file__).with_name("digits.csv.gz")))[:2]
)


def test_the_model_returns_probabilities():
    with torch.no_grad():
        outputs = softmax_first(ten_lines())(IMAGES.X[:5])
    assert torch.allclose(outputs, torch.full((5, 10), 0.1))


def test_the_first_slopes_are_a_tenth():
    right = first_slope(ten_lines(), IMAGES)
    wrong = first_slope(softmax_first(ten_lines()), IMAGES)
    assert right / wrong == pytest.approx(10, rel=1e-4)


def test_it_learns_more_slowly_without_an_error():
    right = accuracy(train(ten_lines(), IMAGES, epochs=5), IMAGES)
    model = train(softmax_first(ten_lines()), IMAGES, epochs=5)
    assert right > 0.95
    assert 0.75 < accuracy(model, IMAGES) < 0.80


@pytest.mark.parametrize("K", [2, 10])
def test_the_loss_of_probabilities_has_a_floor(K):
    floor = np.log(np.e + K - 1) - 1
    sure = torch.eye(K)[:1]
    assert cross_entropy(sure, torch.tensor([0])).item() == pytest.approx(
        floor, rel=1e-6
    )
    U = torch.randn(500, K, generator=torch.Generator().manual_seed(0)) * 5
    every = cross_entropy(
        U.softmax(1), torch.zeros(500, dtype=int), reduction="none"
    )
    assert every.min() > floor - 1e-6
