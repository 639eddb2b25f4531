from itertools import combinations, product
from math import prod
from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from depth.concise import Deep, slopes_by_layer
from depth.solutions import alike, shares

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
PICTURES = X[1287:1307]


@pytest.mark.parametrize(("s", "M"), [(0.1, 8), (0.7, 5), (2.0, 3)])
def test_the_shares_are_those_of_the_paths(s, M):
    sums = np.zeros(M + 1)
    for path in product((1, s), repeat=M):  # passes a layer by, or takes it
        sums[path.count(s)] += prod(path)
    assert shares(s, M) == pytest.approx(sums / (1 + s) ** M)


def test_nearly_all_comes_from_paths_of_at_most_six_layers():
    found = shares(0.1)
    assert found[0] == pytest.approx(0.05, abs=0.01)
    assert max(range(31), key=found.__getitem__) == 2
    assert 0.97 < sum(found[:7]) < 0.99


def test_layers_at_0_leave_the_network_with_one():
    torch.manual_seed(0)
    model = Deep(30, add=True)
    for p in model.layers.parameters():
        torch.nn.init.zeros_(p)
    images = torch.tensor(X[:386], dtype=torch.float32)
    shallow = model.output(torch.relu(model.first(images)))
    assert torch.equal(model(images), shallow)
    slopes = slopes_by_layer(model, images, torch.tensor(y[:386]))
    assert min(slopes) > 1e-3
    assert max(slopes) == pytest.approx(min(slopes))
    rows = model.layers[0].weight.grad.unique(dim=0)
    assert len(rows) == 32


@pytest.mark.parametrize("seed", range(3))
def test_plain_layers_make_all_pictures_alike(seed):
    kept = alike(PICTURES, 2, add=True, norm=True, seed=seed)
    assert kept[30] < 0.9
    for norm in (False, True):
        plain = alike(PICTURES, 2, norm=norm, seed=seed)
        assert plain[0] == kept[0] < 0.8
        assert plain[30] > 0.97


def test_the_cosine_is_that_of_the_angle_between_two_pictures():
    three = PICTURES[:3]
    W = np.random.default_rng(5).normal(0, np.sqrt(2 / 64), (64, 128))
    U = three @ W
    cosines = [
        U[a] @ U[b] / np.linalg.norm(U[a]) / np.linalg.norm(U[b])
        for a, b in combinations(range(3), 2)
    ]
    assert alike(three, 2, M=0, seed=5) == [pytest.approx(np.mean(cosines))]


@pytest.mark.parametrize("seed", range(3))
def test_it_is_relu_that_makes_them_alike(seed):
    rng = np.random.default_rng(seed)
    U = PICTURES @ rng.normal(0, np.sqrt(2 / 64), (64, 128))
    for _ in range(30):
        U = U @ rng.normal(0, np.sqrt(1 / 128), (128, 128))
    lengths = np.linalg.norm(U, axis=1)
    cosines = (U @ U.T / np.outer(lengths, lengths))[np.triu_indices(20, 1)]
    assert cosines.mean() < 0.8
