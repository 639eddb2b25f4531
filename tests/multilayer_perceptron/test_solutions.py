import numpy as np
import pytest

from multilayer_perceptron.solutions import TENT, by_hand, exactly_one, paired
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


def test_eight_units_learn_it_from_each_of_five_starts():
    for seed in range(5):
        found = train(start(2, 8, 2, seed), *exactly_one(), epochs=200)
        assert accuracy(found, *exactly_one()) == 1


def test_a_paired_difference_is_in_points_with_its_error():
    rng = np.random.default_rng(0)
    ours, theirs = rng.random((2, 12))
    mean, error = paired(ours, theirs)
    assert mean == pytest.approx(100 * (ours.mean() - theirs.mean()))
    means = [
        100 * np.mean((ours - theirs)[rng.integers(0, 12, 12)])
        for _ in range(4000)
    ]
    # drawing anew divides by n rather than n - 1
    assert error == pytest.approx(np.std(means) * (12 / 11) ** 0.5, rel=0.05)
