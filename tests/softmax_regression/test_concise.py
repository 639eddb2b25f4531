from inspect import signature
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader

from data import digits
from softmax_regression import concise, vectorized
from softmax_regression.concise import Digits, accuracy, ten_lines, train
from softmax_regression.vectorized import one_hot, split

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
KNOWN, ACTUAL, X_NEW, Y_NEW = split(X, y)


@pytest.fixture(scope="module")
def models():
    images = Digits(KNOWN, ACTUAL)
    return [train(ten_lines(), images, seed=seed) for seed in range(2)]


def test_it_is_trained_as_without_pytorch():
    ours, theirs = (signature(each.train) for each in (vectorized, concise))
    for name in ("lr", "epochs", "batch_size", "seed"):
        assert ours.parameters[name].default == theirs.parameters[name].default


def test_the_dataset_hands_out_each_image_with_its_digit():
    images = Digits(KNOWN, ACTUAL)
    assert len(images) == 1287
    for i in (0, 700, 1286):
        pixels, label = images[i]
        assert np.array_equal(pixels, KNOWN[i].astype(np.float32))
        assert label == ACTUAL[i]


def test_a_loader_makes_batches_of_it():
    sizes = [
        (tuple(xb.shape), tuple(yb.shape))
        for xb, yb in DataLoader(Digits(KNOWN, ACTUAL), 32)
    ]
    assert sizes[0] == ((32, 64), (32,))
    assert len(sizes) == 41
    assert sizes[-1] == ((7, 64), (7,))


def test_ten_lines_begin_at_0_and_keep_w_transposed():
    model = ten_lines()
    assert tuple(model.weight.shape) == (10, 64)
    assert not model.weight.any()
    assert not model.bias.any()


@pytest.mark.parametrize("seed", range(3))
def test_loss_and_gradient_are_those_of_numpy(seed):
    rng = np.random.default_rng(seed)
    W, b = rng.normal(size=(64, 10)), rng.normal(size=10)
    model = ten_lines().double()
    with torch.no_grad():
        model.weight.copy_(torch.tensor(W.T))
        model.bias.copy_(torch.tensor(b))
    loss = torch.nn.functional.cross_entropy(
        model(torch.tensor(KNOWN)), torch.tensor(ACTUAL)
    )
    loss.backward()
    Y = one_hot(ACTUAL)
    expected = vectorized.cross_entropy(vectorized.logits(W, b, KNOWN), Y)
    assert loss.item() == pytest.approx(expected, rel=1e-12)
    dW, db = vectorized.gradient(W, b, KNOWN, Y)
    assert np.allclose(model.weight.grad.T, dW, rtol=0, atol=1e-13)
    assert np.allclose(model.bias.grad, db, rtol=0, atol=1e-13)


def test_in_one_batch_it_trains_as_numpy_does():
    images = Digits(KNOWN, ACTUAL)
    model = train(ten_lines(), images, epochs=5, batch_size=1287)
    W, b = vectorized.train(KNOWN, ACTUAL, epochs=5, batch_size=1287)
    # float32 keeps about seven digits
    assert np.allclose(model.weight.detach().T, W, rtol=0, atol=1e-5)
    assert np.allclose(model.bias.detach(), b, rtol=0, atol=1e-5)


def test_accuracies_lie_in_the_printed_ranges(models):
    for model in models:
        assert 0.95 < accuracy(model, Digits(KNOWN, ACTUAL)) < 1
        assert 0.90 < accuracy(model, Digits(X_NEW, Y_NEW)) < 0.95


def test_the_seed_decides_the_order_of_the_batches(models):
    again = train(ten_lines(), Digits(KNOWN, ACTUAL), seed=0)
    assert torch.equal(again.weight, models[0].weight)
    assert not torch.equal(again.weight, models[1].weight)


def test_accuracy_is_the_share_of_right_guesses():
    model = ten_lines()
    with torch.no_grad():
        model.bias[3] = 1.0
    expected = (Y_NEW == 3).mean()
    assert accuracy(model, Digits(X_NEW, Y_NEW)) == pytest.approx(
        expected, rel=1e-6
    )
