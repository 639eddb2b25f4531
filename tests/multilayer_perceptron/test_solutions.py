import numpy as np
import pytest

from multilayer_perceptron.solutions import TENT, by_hand, exactly_one
from multilayer_perceptron.vectorized import (
    accuracy,
    forward,
    matrices,
    start,
    train,
)


def test_the_tent_is_a_tent():
    at = np.linspace(-3, 3, 61)[:, None]
    expected = np.maximum(1 - np.abs(at), 0)
    assert np.allclose(forward(*matrices(TENT), at)[2], expected)


def test_exactly_one_is_beyond_any_line():
    X, y = exactly_one()
    assert y.tolist() == [a != b for a, b in X.tolist()]
    rng = np.random.default_rng(0)
    for p, q, b in rng.normal(size=(2000, 3)):
        assert ((X @ [p, q] + b > 0) == y).sum() < 4


def test_two_units_by_hand_are_right_on_all_four():
    assert accuracy(by_hand(), *exactly_one()) == 1


@pytest.mark.parametrize(("h", "successes"), [(2, 3), (8, 19)])
def test_eight_units_learn_it_from_more_starts_than_two(h, successes):
    X, y = exactly_one()
    found = [
        train(start(2, h, 2, seed), X, y, epochs=200) for seed in range(20)
    ]
    assert sum(accuracy(each, X, y) == 1 for each in found) == successes
