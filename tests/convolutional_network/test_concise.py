from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from convolution.vectorized import layer, max_pool
from convolutional_network.concise import (
    ConvolutionalNetwork,
    learn,
    percent_right,
    seen_pixels,
    shifted,
    three_sets,
)
from convolutional_network.scratch import receptive_field
from data import mnist
from multilayer_perceptron.concise import Network

torch.set_num_threads(1)
X, y = mnist.load(Path(mnist.__file__).with_name("mnist.gz"))
IMAGES, LABELS = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
KNOWN, VALIDATION, TEST = three_sets(IMAGES, LABELS)
PLACES = torch.randperm(784, generator=torch.Generator().manual_seed(0))
SEEDS = range(3)


def perceptron():
    return Network(784, 64)


def trained(make, seed, X, y, **options):
    torch.manual_seed(seed)
    return learn(make(), X, y, **options)


def fingerprints(*parts):
    places = torch.arange(784, dtype=torch.float64).sin()
    return (torch.cat(parts).double() @ places).sort().values


def percents(models, X, y):
    return np.array([percent_right(model, X, y) for model in models])


def test_each_set_has_its_own_pictures_of_every_digit():
    for (_, labels), each in zip(
        (KNOWN, VALIDATION, TEST), (100, 50, 100), strict=True
    ):
        assert torch.bincount(labels).tolist() == [each] * 10
    parts = [images for images, _ in (KNOWN, VALIDATION, TEST)]
    assert torch.equal(fingerprints(*parts), fingerprints(IMAGES))
    assert torch.equal(TEST[0][0], IMAGES[150])
    assert torch.equal(VALIDATION[0][-1], IMAGES[9 * 250 + 149])


def test_the_network_is_the_layers_of_the_last_chapter():
    torch.manual_seed(1)
    model = ConvolutionalNetwork().double()
    W1, b1, W2, b2, W3, b3 = (p.detach().numpy() for p in model.parameters())
    V = X[:5].reshape(5, 1, 28, 28)
    V = np.maximum(layer(V, W1, b1, s=2), 0)
    assert V.shape == (5, 8, 12, 12)
    V = np.maximum(layer(V, W2, b2), 0)
    assert V.shape == (5, 16, 10, 10)
    V = max_pool(V)
    Z = V.reshape(5, -1) @ W3.T + b3
    ours = model(torch.tensor(X[:5])).detach()
    assert np.allclose(ours, Z, rtol=0, atol=1e-12)


def test_the_sizes_are_those_of_the_table():
    counts = [p.numel() for p in ConvolutionalNetwork().parameters()]
    assert counts == [200, 8, 1152, 16, 4000, 10]
    assert sum(p.numel() for p in perceptron().parameters()) == 50_890


def test_shared_weights_get_the_sum_of_the_slopes_of_separate_ones():
    torch.manual_seed(2)
    conv = nn.Conv2d(1, 4, 5, stride=2)
    V = torch.rand(3, 1, 28, 28)
    patches = nn.functional.unfold(V, 5, stride=2)  # (n, 25, 144)
    own = conv.weight.detach().reshape(4, 25).repeat(144, 1, 1)
    own.requires_grad_()
    Z = torch.einsum("phj,njp->nhp", own, patches)
    Z = Z + conv.bias.detach()[:, None]
    shared = conv(V).flatten(2)
    assert torch.allclose(Z, shared, atol=1e-5)  # float32
    v = torch.rand_like(shared)
    (torch.relu(Z) * v).sum().backward()
    (torch.relu(shared) * v).sum().backward()
    total = own.grad.sum(dim=0).reshape(4, 1, 5, 5)
    assert torch.allclose(total, conv.weight.grad, rtol=1e-4)


@pytest.mark.parametrize(("p", "q"), [(0, 0), (2, 2), (4, 1)])
def test_a_unit_sees_eleven_by_eleven_pixels(p, q):
    torch.manual_seed(3)
    side = receptive_field([5, 3, 2], [2, 1, 2])
    seen = seen_pixels(ConvolutionalNetwork(), p, q)
    expected = torch.zeros(28, 28, dtype=torch.bool)
    expected[4 * p : 4 * p + side, 4 * q : 4 * q + side] = True
    assert torch.equal(seen, expected)


@pytest.mark.parametrize("right", range(-4, 5))
def test_a_picture_moves_to_the_right_and_white_comes_in(right):
    image = torch.rand(2, 28, 28) + 1
    moved = shifted(image.flatten(1), right).reshape(2, 28, 28)
    for column in range(28):
        if 0 <= column - right < 28:
            assert torch.equal(
                moved[:, :, column], image[:, :, column - right]
            )
        else:
            assert (moved[:, :, column] == 0).all()


def test_an_epoch_sees_each_picture_once_and_shuffled():
    seen = []

    class Watched(nn.Linear):
        def forward(self, X):
            seen.append(X)
            return super().forward(X)

    learn(Watched(784, 10), *KNOWN, epochs=1)
    assert [len(batch) for batch in seen] == [50] * 20
    rows = torch.cat(seen)
    assert not torch.equal(rows, KNOWN[0])
    assert torch.equal(fingerprints(rows), fingerprints(KNOWN[0]))


def test_a_step_is_that_of_momentum_with_the_cosine():
    torch.manual_seed(0)
    model = nn.Linear(784, 10)
    W, b = (p.detach().clone() for p in model.parameters())
    few = KNOWN[0][::10], KNOWN[1][::10]
    learn(model, *few, order=torch.arange, epochs=2, batch_size=100)
    speed = [torch.zeros_like(W), torch.zeros_like(b)]
    for lr in (0.1, 0.05):
        P = (few[0] @ W.T + b).softmax(dim=1)
        error = (P - nn.functional.one_hot(few[1], 10)) / 100
        slopes = error.T @ few[0], error.sum(dim=0)
        speed = [0.9 * v + s for v, s in zip(speed, slopes, strict=True)]
        W, b = W - lr * speed[0], b - lr * speed[1]
    assert torch.allclose(model.weight, W, atol=1e-5)  # float32
    assert torch.allclose(model.bias, b, atol=1e-5)


def test_what_is_fitted_does_not_change_with_the_pictures_held_out():
    noise = torch.rand(10, 150, 784)
    other = IMAGES.reshape(10, 250, 784).clone()
    other[:, 100:] = noise
    known, *_ = three_sets(other.flatten(0, 1), LABELS)
    for ours, theirs in zip(known, KNOWN, strict=True):
        assert torch.equal(ours, theirs)


def test_accuracy_is_the_share_of_right_guesses():
    model = nn.Linear(784, 10)
    nn.init.zeros_(model.weight)
    model.bias.data = torch.eye(10)[3]
    assert percent_right(model, *TEST) == pytest.approx(10)
    assert percent_right(model, TEST[0][300:400], TEST[1][300:400]) == 100


def on_validation(make, starts, **options):
    models = [trained(make, seed, *KNOWN, **options) for seed in range(starts)]
    return percents(models, *VALIDATION).mean()


@pytest.mark.parametrize(
    ("make", "starts"),
    [
        (lambda: nn.Linear(784, 10), 3),
        (perceptron, 3),
        (ConvolutionalNetwork, 1),
    ],
)
def test_another_learning_rate_is_worse_for_each_model(
    make, starts, monkeypatch
):
    best = on_validation(make, starts)
    descent = torch.optim.SGD
    for factor in (1 / 3, 3):

        def other(parameters, lr, momentum, factor=factor):
            return descent(parameters, lr=factor * lr, momentum=momentum)

        monkeypatch.setattr(torch.optim, "SGD", other)
        assert on_validation(make, starts) < best


def test_the_perceptron_lacks_neither_epochs_nor_units():
    ours = on_validation(perceptron, 3)
    # the mean of three starts moves by 0.2 or so
    assert on_validation(perceptron, 3, epochs=16) < ours + 0.8
    assert on_validation(lambda: Network(784, 128), 3) < ours + 0.8


def test_with_mixed_pixels_the_convolutional_network_is_behind():
    (images, labels), (others, answers) = KNOWN, TEST
    behind, ahead = (
        percent_right(
            trained(make, 0, images[:, PLACES], labels),
            others[:, PLACES],
            answers,
        )
        for make in (ConvolutionalNetwork, perceptron)
    )
    assert 80 < behind < ahead < 90


def test_mixed_pixels_and_mixed_weights_are_the_same_perceptron():
    torch.manual_seed(4)
    model, other = perceptron().double(), perceptron().double()
    other.load_state_dict(model.state_dict())
    other.hidden.weight.data = model.hidden.weight.data[:, PLACES]
    images = KNOWN[0].double()
    mixed = images[:, PLACES]
    assert torch.allclose(model(images), other(mixed), atol=1e-12)
    for each, part in ((model, images), (other, mixed)):
        nn.functional.cross_entropy(each(part), KNOWN[1]).backward()
    assert torch.allclose(
        model.hidden.weight.grad[:, PLACES], other.hidden.weight.grad
    )


def test_the_first_loss_is_near_the_logarithm_of_ten():
    for seed in SEEDS:
        torch.manual_seed(seed)
        Z = ConvolutionalNetwork()(KNOWN[0])
        loss = nn.functional.cross_entropy(Z, KNOWN[1]).item()
        assert loss == pytest.approx(np.log(10), abs=0.1)


def test_a_wider_network_takes_as_many_operations_in_a_step():
    counts = []
    for size in ((8, 16), (64, 128)):
        with torch.profiler.profile() as seen:
            learn(
                ConvolutionalNetwork(*size), *KNOWN, epochs=1, batch_size=500
            )
        counts.append(sum(each.count for each in seen.key_averages()))
    assert counts[0] == counts[1] > 0
