import io
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from data import digits
from multilayer_perceptron.concise import Network
from multilayer_perceptron.vectorized import mean_and_error
from training.concise import (
    DropoutNetwork,
    epoch,
    measure,
    restore,
    save,
    train,
)
from training.vectorized import three_sets

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
SETS = three_sets(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
SEEDS = range(6)


@pytest.fixture(scope="module")
def plain():
    return [train(*SETS[:2], seed=seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def decay():
    return [train(*SETS[:2], alpha=0.003, seed=seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def dropped():
    return [train(*SETS[:2], rho=0.2, seed=seed) for seed in SEEDS]


def results(models, part):
    return np.array([measure(model, *part) for model in models])


def test_without_dropout_it_is_the_network_of_the_perceptron():
    torch.manual_seed(3)
    ours = DropoutNetwork()
    torch.manual_seed(3)
    theirs = Network()
    images = SETS[0][0]
    assert torch.equal(ours.train()(images), theirs(images))


def test_dropout_leaves_the_mean_as_it_was():
    torch.manual_seed(0)
    model = DropoutNetwork(rho=0.3)
    image = torch.rand(1, 64).expand(20_000, 64)
    mean = model.train()(image).mean(dim=0)
    # 20000 draws: a mean is known to about 0.002
    assert torch.allclose(mean, model.eval()(image[:1])[0], atol=0.02)


def test_measure_agrees_with_a_loop_over_the_samples():
    torch.manual_seed(1)
    model = DropoutNetwork(rho=0.5)
    images, labels = (part[:40] for part in SETS[1])
    loss, accuracy = measure(model, images, labels)
    assert not model.training
    P = model(images).softmax(dim=1)
    costs = [-P[i, k].log().item() for i, k in enumerate(labels)]
    hits = [P[i].argmax() == k for i, k in enumerate(labels)]
    # float32 keeps about seven digits
    assert loss == pytest.approx(np.mean(costs), rel=1e-5)
    assert accuracy == pytest.approx(np.mean(hits))


def test_an_epoch_trains_on_each_sample_once_and_drops_units():
    seen = []

    class Watched(DropoutNetwork):
        def forward(self, X):
            assert self.training
            seen.append(X)
            return super().forward(X)

    images, labels = SETS[0]
    model = Watched(rho=0.2).eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    epoch(model, optimizer, images, labels, torch.Generator().manual_seed(0))
    assert [len(batch) for batch in seen] == [64] * 6 + [2]
    rows = torch.cat(seen)
    assert not torch.equal(rows, images)
    assert sorted(rows.tolist()) == sorted(images.tolist())


def test_first_losses_are_near_the_logarithm_of_ten():
    for seed in range(6):
        torch.manual_seed(seed)
        loss, _ = measure(DropoutNetwork(), *SETS[0])
        assert loss == pytest.approx(np.log(10), abs=0.06)


@pytest.mark.parametrize("rho", [0.0, 0.2])
def test_what_is_fitted_does_not_change_with_the_images_held_out(rho):
    known, (images, labels), _ = SETS
    torch.manual_seed(5)
    noise = torch.rand_like(images), labels.roll(1)
    first, _, losses = train(known, (images, labels), rho=rho, epochs=3)
    second, _, others = train(known, noise, rho=rho, epochs=3)
    for p, q in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(p, q)
    assert [seen for seen, _ in losses] == [seen for seen, _ in others]
    assert losses[-1][1] != others[-1][1]


def test_the_best_state_is_the_one_of_the_lowest_validation_loss(plain):
    for last, best, losses in plain:
        lowest = min(unseen for _, unseen in losses)
        assert measure(best, *SETS[1])[0] == lowest
        assert measure(last, *SETS[1])[0] == losses[-1][1] > lowest
        assert losses.index(next(p for p in losses if p[1] == lowest)) < 29


def test_weight_decay_and_schedule_are_the_formulas():
    known, validation, _ = SETS
    model, _, _ = train(known, validation, alpha=0.1, epochs=2)
    torch.manual_seed(0)
    other = Network()
    velocity = [torch.zeros_like(p) for p in other.parameters()]
    generator = torch.Generator().manual_seed(0)
    for lr in (0.1, 0.05):
        order = torch.randperm(386, generator=generator)
        for rows in order.split(64):
            u = other(known[0][rows])
            loss = nn.functional.cross_entropy(u, known[1][rows])
            slopes = torch.autograd.grad(loss, [*other.parameters()])
            with torch.no_grad():
                for p, v, s in zip(
                    other.parameters(), velocity, slopes, strict=True
                ):
                    v.mul_(0.9).add_(s + 0.1 * p)
                    p -= lr * v
    for p, q in zip(model.parameters(), other.parameters(), strict=True):
        assert torch.allclose(p, q, atol=1e-5)  # float32


def paired(models, plain, part):
    base = results([model for model, _, _ in plain], part)
    return (results(models, part) - base).T


def test_weight_decay_lowers_the_loss_and_not_surely_the_mistakes(
    plain, decay
):
    models = [model for model, _, _ in decay]
    loss, accuracy = paired(models, plain, SETS[2])
    mean, error = mean_and_error(loss)
    assert -0.09 < mean - 2 * error < mean + 2 * error < -0.06
    mean, error = mean_and_error(accuracy)
    assert -0.01 < mean - 2 * error < 0 < mean + 2 * error < 0.005
    accuracies = results(models, SETS[2])[:, 1]
    assert 0.85 < accuracies.min() < accuracies.max() < 0.9


def test_early_stopping_lowers_the_loss_by_less(plain, decay):
    loss, accuracy = paired([best for _, best, _ in plain], plain, SETS[2])
    mean, error = mean_and_error(loss)
    assert mean + 2 * error < -0.005
    decayed, _ = paired([model for model, _, _ in decay], plain, SETS[2])
    less, error = mean_and_error(loss - decayed)
    assert less > 2 * error
    mean, error = mean_and_error(accuracy)
    assert mean - 2 * error < 0 < mean + 2 * error


def at_the_end(runs):
    return np.array([losses[-1][1] for _, _, losses in runs])


def test_the_validation_set_prefers_decay_to_nothing_and_to_dropout(
    plain, decay, dropped
):
    for others, high in ((plain, -0.05), (dropped, -0.025)):
        mean, error = mean_and_error(at_the_end(decay) - at_the_end(others))
        assert -0.125 < mean - 2 * error < mean + 2 * error < high


def test_the_validation_set_does_not_tell_decay_from_early_stopping(
    plain, decay
):
    lowest = [min(unseen for _, unseen in losses) for _, _, losses in plain]
    mean, error = mean_and_error(at_the_end(decay) - lowest)
    assert mean - 2 * error < 0 < mean + 2 * error
    assert mean < -0.01  # and yet decay is lower


def test_the_validation_set_prefers_the_smaller_rate_of_dropout(dropped):
    half = [train(*SETS[:2], rho=0.5, seed=seed) for seed in SEEDS]
    mean, error = mean_and_error(at_the_end(half) - at_the_end(dropped))
    assert mean - 2 * error > 0.05


def test_dropout_is_not_told_from_nothing(plain, dropped):
    models = [model for model, _, _ in dropped]
    for difference in paired(models, plain, SETS[2]):
        mean, error = mean_and_error(difference)
        assert mean - 2 * error < 0 < mean + 2 * error


def test_with_six_other_seeds_dropout_makes_the_loss_smaller():
    plain, dropped = (
        [train(*SETS[:2], rho=rho, seed=seed) for seed in range(12, 18)]
        for rho in (0, 0.2)
    )
    models = [model for model, _, _ in dropped]
    loss, _ = paired(models, plain, SETS[2])
    mean, error = mean_and_error(loss)
    assert mean + 2 * error < -0.02


def test_more_data_raise_the_accuracy_as_well(decay):
    known, validation, test = SETS
    both = [torch.cat(pair) for pair in zip(known, validation, strict=True)]
    more = [
        train(both, known, alpha=0.003, seed=seed, epochs=20)
        for seed in range(6)
    ]
    models = [model for model, _, _ in more]
    loss, accuracy = paired(models, decay, test)
    mean, error = mean_and_error(loss)
    assert mean + 2 * error < -0.05
    mean, error = mean_and_error(accuracy)
    assert 0.02 < mean - 2 * error < mean + 2 * error < 0.035


def fresh():
    torch.manual_seed(0)
    model = DropoutNetwork()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    return model, optimizer, torch.Generator().manual_seed(0)


@pytest.mark.parametrize("forget", [None, 1, 2])
def test_a_restored_training_goes_on_as_if_uninterrupted(forget):
    def go_on(training):
        for _ in range(2):
            epoch(*training[:2], *SETS[0], training[2])
        return measure(training[0], *SETS[0])[0]

    file, training, other = io.BytesIO(), fresh(), fresh()
    go_on(training)
    save(file, *training)
    file.seek(0)
    restore(file, *other)
    if forget == 1:
        other[1].state.clear()
    if forget == 2:
        other[2].manual_seed(0)
    assert (go_on(other) == go_on(training)) == (forget is None)
