import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from gradient_descent.vectorized import path
from pytorch.concise import train
from pytorch.evaluate import split, train_and_watch
from pytorch.module import line

X = torch.tensor(x, dtype=torch.float64).unsqueeze(1)
Y = torch.tensor(y, dtype=torch.float64).unsqueeze(1)


@pytest.fixture(params=range(3))
def parts(request):
    rng = np.random.default_rng(request.param)
    shapes = ((9, 1), (9, 1), (4, 1), (4, 1))
    return [torch.tensor(rng.uniform(0, 2, shape)) for shape in shapes]


def test_each_sample_lies_in_just_one_part():
    known, actual, x_new, y_new = split(X, Y)
    assert (len(known), len(x_new)) == (18, 6)
    together = torch.cat([known, x_new]), torch.cat([actual, y_new])
    pairs = zip(*(part.flatten().tolist() for part in together), strict=True)
    assert sorted(pairs) == sorted(zip(x, y, strict=True))
    other = split(X, Y, new=10)
    assert (len(other[0]), len(other[2])) == (14, 10)


def test_both_losses_are_those_of_the_same_line_before_its_step(parts):
    known, actual, x_new, y_new = (part[:, 0].numpy() for part in parts)
    losses, new_losses = train_and_watch(line(), *parts, lr=0.3, epochs=12)
    points = path(known, actual, lr=0.3, epochs=11)
    for found, xs, ys in (
        (losses, known, actual),
        (new_losses, x_new, y_new),
    ):
        expected = [((w * xs + b - ys) ** 2).mean() / 2 for w, b in points]
        assert found == pytest.approx(expected)


def test_watching_leaves_the_training_as_it_is(parts):
    model = line()
    train_and_watch(model, *parts, lr=0.3, epochs=12)
    expected = train(line(), *parts[:2], lr=0.3, epochs=12)
    assert (model.weight.item(), model.bias.item()) == expected


def test_what_is_kept_is_numbers_of_python(parts):
    for kept in train_and_watch(line(), *parts, epochs=3):
        assert [type(value) for value in kept] == [float] * 3


def test_the_defaults_are_those_of_the_other_programs(parts):
    first = train_and_watch(line(), *parts)
    assert first == train_and_watch(line(), *parts, lr=0.5, epochs=300)


def test_with_another_split_the_loss_on_new_samples_may_rise_again():
    order = torch.randperm(24, generator=torch.Generator().manual_seed(1))
    known, new = order[6:], order[:6]
    losses, new_losses = train_and_watch(
        line(), X[known], Y[known], X[new], Y[new]
    )
    assert losses[-1] == pytest.approx(min(losses))
    assert new_losses[-1] > 1.05 * min(new_losses)
