from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from multilayer_perceptron.concise import Network
from training.concise import measure
from training.solutions import error_of_difference, learn_by_heart
from training.vectorized import three_sets

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
SETS = three_sets(torch.tensor(X, dtype=torch.float32), torch.tensor(y))


@pytest.mark.parametrize("seed", range(3))
def test_ten_samples_are_learned_by_heart_with_any_labels(seed):
    images = SETS[0][0][:10]
    torch.manual_seed(seed)
    for labels in (SETS[0][1][:10], torch.randint(10, (10,))):
        model = Network()
        losses = learn_by_heart(model, images, labels)
        assert losses[0] == pytest.approx(np.log(10), abs=0.2)
        assert losses[-1] < 0.01
        assert measure(model, images, labels)[1] == 1


def test_cleared_too_late_no_step_is_taken():
    images, labels = (part[:10] for part in SETS[0])
    losses = learn_by_heart(Network(), images, labels, clear_late=True)
    assert len(set(losses)) == 1


@pytest.mark.parametrize(
    ("q_1", "q_2"), [(0.08, 0.07), (0.06, 0.05), (0.012, 0.002)]
)
def test_the_error_of_a_difference_is_that_of_a_simulation(q_1, q_2):
    rng = np.random.default_rng(0)
    counts = rng.multinomial(1000, [q_1, q_2, 1 - q_1 - q_2], size=20_000)
    found = (counts[:, 0] - counts[:, 1]).std() / 1000
    # 20000 draws: a scatter is known to half a percent
    assert error_of_difference(q_1, q_2, 1000) == pytest.approx(
        found, rel=0.02
    )


def test_independent_models_have_the_errors_of_both():
    a, b, n = 0.92, 0.93, 1000
    found = error_of_difference(a * (1 - b), b * (1 - a), n)
    assert found**2 == pytest.approx((a * (1 - a) + b * (1 - b)) / n)
