from pathlib import Path

import numpy as np
import pytest

from data import digits
from softmax_regression import vectorized
from softmax_regression.solutions import (
    accuracy_of_one,
    commonest,
    confusion,
    precision,
    recall,
    slope_along_all,
)
from softmax_regression.vectorized import (
    cross_entropy,
    one_hot,
    softmax,
    split,
)


@pytest.mark.parametrize("c", [5, -5, 500])
def test_adding_c_changes_neither_probabilities_nor_cross_entropy(c):
    rng = np.random.default_rng(0)
    U, Y = rng.normal(0, 3, (20, 6)), one_hot(rng.integers(0, 6, 20), 6)
    assert np.allclose(softmax(U + c), softmax(U), rtol=1e-12)
    assert cross_entropy(U + c, Y) == pytest.approx(cross_entropy(U, Y))


@pytest.mark.parametrize("seed", range(3))
def test_the_derivatives_add_up_to_0(seed):
    rng = np.random.default_rng(seed)
    U, y = rng.normal(0, 3, (20, 6)), rng.integers(0, 6, 20)
    assert np.abs(slope_along_all(U, one_hot(y, 6))).max() < 1e-15


def test_the_commonest_class_is_right_one_time_in_ten():
    X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
    _, actual, _, y_new = split(X, y)
    guess = commonest(actual.tolist())
    assert guess == np.bincount(actual).argmax() == 3
    found = accuracy_of_one(guess, y_new.tolist())
    assert found == (y_new == 3).mean()
    assert round(found, 2) == 0.10
    assert accuracy_of_one(0, [0] * 95 + [1] * 5) == 0.95


@pytest.mark.parametrize("seed", range(3))
def test_the_confusion_matrix_is_that_of_numpy(seed):
    y, guesses = np.random.default_rng(seed).integers(0, 4, (2, 50))
    counts = confusion(y.tolist(), guesses.tolist(), 4)
    assert counts == vectorized.confusion(y, guesses, 4).tolist()
    for k in range(4):
        assert recall(counts, k) == (guesses[y == k] == k).mean()
        assert precision(counts, k) == (y[guesses == k] == k).mean()


def test_the_matrix_of_the_exercise_is_as_filled_in_by_hand():
    actual, guesses = [0, 0, 1, 1, 1, 2, 2, 2], [0, 1, 1, 1, 2, 2, 2, 0]
    assert confusion(actual, guesses, 3) == [[1, 1, 0], [0, 2, 1], [1, 0, 2]]
