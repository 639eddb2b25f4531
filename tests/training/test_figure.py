from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from multilayer_perceptron.vectorized import mean_and_error
from training.concise import DropoutNetwork, epoch, watch
from training.figure import _paths, losses
from training.vectorized import three_sets

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
SETS = three_sets(torch.tensor(X, dtype=torch.float32), torch.tensor(y))


@pytest.fixture(scope="module")
def axes():
    return losses().axes[0]


@pytest.fixture(scope="module")
def paths():
    return np.array(_paths())[..., 0]  # (4, 60, 2)


def test_each_seed_has_a_path_of_its_own(paths):
    for seed in (0, 3):
        alone = watch(*SETS[:2], seed=seed, epochs=20)
        assert paths[seed, :20] == pytest.approx(np.array(alone)[..., 0])
    assert len(np.unique(paths[:, -1, 1])) == 4


def test_the_curves_are_the_mean_losses_of_four_seeds(axes, paths):
    seen, unseen, low = axes.lines
    assert (seen.get_linestyle(), unseen.get_linestyle()) == ("--", "-")
    assert [line.get_color() for line in axes.lines] == ["C0", "C1", "C1"]
    mean = paths.mean(axis=0)
    assert seen.get_ydata() == pytest.approx(mean[:, 0])
    assert unseen.get_ydata() == pytest.approx(mean[:, 1])
    assert seen.get_xdata().tolist() == list(range(1, 61))
    lowest = mean[:, 1].argmin()
    assert low.get_xdata() == [lowest + 1]
    assert low.get_ydata() == [mean[lowest, 1]]


def test_the_validation_loss_rises_between_epochs_fixed_beforehand(paths):
    rise = paths[:, 59, 1] - paths[:, 19, 1]
    assert (rise > 0).all()
    mean, error = mean_and_error(rise)
    assert 0.03 < mean - 2 * error < mean + 2 * error < 0.12
    assert (paths[:, -1, 0] < 0.05).all()
    assert (paths[:, 2, 0] > 0.9).all()


def test_the_accuracy_does_not_fall_between_these_epochs():
    accuracies = np.array(_paths())[:, :, 1, 1]
    assert (accuracies[:, 59] >= accuracies[:, 19]).all()
    late = accuracies[:, [19, 59]]
    assert ((late > 0.8) & (late < 0.9)).all()


def test_between_these_epochs_the_network_gets_surer_of_its_mistakes():
    (images, labels), (others, answers) = SETS[:2]
    torch.manual_seed(0)
    model = DropoutNetwork()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    generator = torch.Generator().manual_seed(0)
    sure = []
    for _ in range(60):
        epoch(model, optimizer, images, labels, generator)
        P, guesses = model(others).softmax(dim=1).max(dim=1)
        sure.append(P[guesses != answers].mean().item())
    assert sure[59] > sure[19] + 0.05


def test_the_axes_carry_their_symbols(axes):
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$J$")
    assert axes.get_ylim() == (0, 1)


def test_the_file_stays_small():
    path = Path("docs/assets/figures/training/losses.svg")
    assert path.stat().st_size < 60_000
