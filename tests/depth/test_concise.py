from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from convolutional_network.concise import learn, percent_right
from data import digits
from depth.concise import Deep, slopes_by_layer
from multilayer_perceptron.concise import Network
from training.vectorized import three_sets

torch.set_num_threads(1)
X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
IMAGES, LABELS = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
KNOWN, VALIDATION, TEST = three_sets(IMAGES, LABELS)
SEEDS = range(3)
OPTIONS = [{}, {"norm": True}, {"add": True}, {"add": True, "norm": True}]


def trained(M, seed, epochs, **options):
    torch.manual_seed(seed)
    return learn(Deep(M, **options), *KNOWN, epochs=epochs)


def percents(models, X, y):
    return np.array([percent_right(model, X, y) for model in models])


def test_with_one_layer_it_is_the_perceptron():
    torch.manual_seed(0)
    perceptron, ours = Network(), Deep(1)
    for p, q in zip(perceptron.parameters(), ours.parameters(), strict=True):
        q.data = p.data
    assert torch.equal(perceptron(IMAGES[:9]), ours(IMAGES[:9]))


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("M", [1, 2, 5])
def test_the_network_is_what_the_derivation_says(M, options):
    torch.manual_seed(M)
    model = Deep(M, **options).double()

    def relu(U):
        if options.get("norm"):
            U = U - U.mean(1, keepdims=True)
            U = U / np.sqrt((U**2).mean(1, keepdims=True) + 1e-5)
        return np.maximum(U, 0)

    arrays = [p.detach().numpy() for p in model.parameters()]
    U = X[:5] @ arrays[0].T + arrays[1]
    for W, b in zip(arrays[2:-2:2], arrays[3:-2:2], strict=True):
        V = relu(U) @ W.T + b
        U = U + V if options.get("add") else V
    Z = relu(U) @ arrays[-2].T + arrays[-1]
    ours = model(torch.tensor(X[:5])).detach()
    assert np.allclose(ours, Z, rtol=0, atol=1e-12)
    assert len(arrays) == 2 * M + 2


def test_the_kinds_have_the_same_parameters_and_start():
    starts = []
    for options in OPTIONS:
        torch.manual_seed(0)
        starts.append(
            torch.cat([p.flatten() for p in Deep(4, **options).parameters()])
        )
    assert all(torch.equal(starts[0], start) for start in starts)


def test_the_slopes_are_those_of_central_differences():
    torch.manual_seed(1)
    model = Deep(3, add=True, norm=True, h=6).double()
    rows, labels = IMAGES[:20].double(), LABELS[:20]
    found = slopes_by_layer(model, rows, labels)
    assert slopes_by_layer(model, rows, labels) == found
    for layer, root in zip(model.layers, found, strict=True):
        nudged = torch.zeros(6, 6, dtype=torch.float64)
        for j in range(6):
            for k in range(6):
                losses = []
                for delta in (1e-6, -1e-6):
                    with torch.no_grad():
                        layer.weight[j, k] += delta
                        loss = nn.functional.cross_entropy(model(rows), labels)
                        layer.weight[j, k] -= delta
                    losses.append(loss.item())
                nudged[j, k] = (losses[0] - losses[1]) / 2e-6
        # small enough that hardly a unit passes its kink
        expected = (nudged**2).mean().sqrt().item()
        assert root == pytest.approx(expected, rel=1e-4)


def test_plain_slopes_vanish_and_the_others_arrive():
    for seed in SEEDS:
        first, last = [], []
        for options in OPTIONS:
            torch.manual_seed(seed)
            slopes = slopes_by_layer(Deep(30, **options), *KNOWN)
            first.append(slopes[0])
            last.append(slopes[-1])
        assert first[0] < 1e-12
        assert last[0] > 1e-5
        for k in (1, 2, 3):
            assert 0.05 < first[k] / last[k] < 20
            assert first[k] > 5e-4


def test_more_epochs_do_not_close_the_gap():
    deep, shallow = (trained(M, 0, 30, **OPTIONS[3]) for M in (30, 1))
    for model in (deep, shallow):
        assert percent_right(model, *KNOWN) > 99
    gap = percent_right(shallow, *TEST) - percent_right(deep, *TEST)
    assert 3 < gap < 11


@pytest.fixture
def a_tenth_of_the_rate(monkeypatch):
    sgd = torch.optim.SGD

    def slower(parameters, lr, momentum):
        return sgd(parameters, lr=lr / 10, momentum=momentum)

    monkeypatch.setattr(torch.optim, "SGD", slower)


@pytest.mark.usefixtures("a_tenth_of_the_rate")
def test_adding_alone_learns_with_smaller_steps_and_the_others_do_not():
    *others, adding = (trained(30, 0, 20, **kind) for kind in OPTIONS[:3])
    assert percent_right(adding, *KNOWN) > 90
    assert percents(others, *KNOWN).max() < 30


def start_mirrored(model):
    """Weights in pairs of opposite sign: no angle between pictures changes."""
    with torch.no_grad():
        first, output = model.first, model.output
        first.weight[16:], first.bias[:] = -first.weight[:16], 0
        output.weight[:, 16:] = -output.weight[:, :16]
        for layer in model.layers:
            Q = nn.init.orthogonal_(torch.empty(16, 16))
            pair = torch.cat([Q, -Q], dim=1)
            layer.weight[:], layer.bias[:] = torch.cat([pair, -pair]), 0


@pytest.mark.usefixtures("a_tenth_of_the_rate")
def test_pictures_kept_apart_are_learned_without_adding():
    torch.manual_seed(0)
    model = Deep(30, norm=True)
    start_mirrored(model)
    with torch.no_grad():
        before, after = model.first(TEST[0][:9]), model.first(TEST[0][:9])
        for layer in model.layers:
            after = layer(torch.relu(model.norm(after)))
    cosines = [
        torch.cosine_similarity(U[:, None], U, dim=2) for U in (before, after)
    ]
    assert torch.allclose(*cosines, atol=1e-3)  # float32
    assert percent_right(learn(model, *KNOWN, epochs=10), *KNOWN) > 90


def test_adding_in_place_overwrites_what_normalisation_has_kept():
    class InPlace(Deep):
        def forward(self, X):
            U = self.first(X)
            for layer in self.layers:
                U += layer(torch.relu(self.norm(U)))
            return self.output(torch.relu(self.norm(U)))

    with pytest.raises(RuntimeError, match="inplace operation"):
        slopes_by_layer(InPlace(5, norm=True), *KNOWN)


def test_what_is_fitted_does_not_change_with_the_pictures_held_out():
    other, labels = IMAGES.clone(), LABELS.clone()
    other[386:] = torch.rand(1411, 64)
    labels[386:] = labels[386:].flip(0)
    known, *_ = three_sets(other, labels)
    fitted = []
    for part in (KNOWN, known):
        torch.manual_seed(0)
        fitted.append(learn(Deep(3, **OPTIONS[3]), *part, epochs=1))
    for p, q in zip(*(model.parameters() for model in fitted), strict=True):
        assert torch.equal(p, q)


def test_an_answer_does_not_depend_on_the_rest_of_the_batch():
    torch.manual_seed(0)
    model = Deep(30, **OPTIONS[3])
    with torch.no_grad():
        together, alone = model(TEST[0])[:1], model(TEST[0][:1])
    assert torch.allclose(together, alone, atol=1e-4)  # float32
