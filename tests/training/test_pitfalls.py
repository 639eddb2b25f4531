from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from multilayer_perceptron.vectorized import mean_and_error
from training.concise import measure, train
from training.pitfalls import (
    accuracy_on_noise,
    accuracy_without_eval,
    best_of_random,
    difference_of_means,
)
from training.vectorized import three_sets

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
SETS = three_sets(torch.tensor(X, dtype=torch.float32), torch.tensor(y))


def test_without_eval_the_accuracy_is_too_low_and_never_the_same():
    model, _, _ = train(*SETS[:2], rho=0.5)
    model.train()
    torch.manual_seed(0)
    found = [accuracy_without_eval(model, *SETS[1]) for _ in range(3)]
    assert len(set(found)) == 3
    assert 0.5 < min(found) < max(found) < 0.6
    loss, accuracy = measure(model, *SETS[1])
    assert loss > 0.55  # a rate of 0.5 is worse than none
    assert 0.8 < accuracy < 0.9
    # measure has called eval(): now nothing is dropped
    assert accuracy_without_eval(model, *SETS[1]) == accuracy


@pytest.mark.parametrize("seed", range(3))
def test_the_best_of_a_hundred_guessers_is_lucky(seed):
    answers = np.random.default_rng(99).integers(10, size=100)
    best, average = best_of_random(answers, seed=seed)
    assert best >= 0.15
    # a mean of 10000 guesses: three standard errors
    assert average == pytest.approx(0.1, abs=0.009)
    alone, same = best_of_random(answers, tries=1, seed=seed)
    assert alone == same


def test_the_difference_of_means_is_that_of_the_classes():
    rows, labels = np.array([[1.0, 2], [3, 4], [5, 9]]), np.array([0, 1, 0])
    assert difference_of_means(rows, labels).tolist() == [0, -1.5]


@pytest.mark.parametrize(("peek", "low", "high"), [(1, 83, 89), (0, 47, 56)])
def test_columns_chosen_on_all_rows_find_a_rule_in_noise(peek, low, high):
    shares = [accuracy_on_noise(seed, peek) for seed in range(20)]
    mean, error = mean_and_error(100 * np.array(shares))
    assert low < mean - 2 * error < mean + 2 * error < high
    assert peek or mean - 2 * error < 50 < mean + 2 * error
