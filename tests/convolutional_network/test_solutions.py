from pathlib import Path

import pytest
import torch

from convolutional_network.concise import (
    ConvolutionalNetwork,
    learn,
    percent_right,
    shifted,
    three_sets,
)
from convolutional_network.solutions import Anywhere, with_copies
from data import mnist
from multilayer_perceptron.concise import Network

torch.set_num_threads(1)
X, y = mnist.load(Path(mnist.__file__).with_name("mnist.gz"))
KNOWN, _, TEST = three_sets(
    torch.tensor(X, dtype=torch.float32), torch.tensor(y)
)


def test_copies_stand_two_pixels_to_each_side_with_their_labels():
    images, labels = with_copies(*KNOWN)
    assert (len(images), len(labels)) == (3000, 3000)
    for k, right in enumerate((-2, 0, 2)):
        part = slice(1000 * k, 1000 * (k + 1))
        assert torch.equal(images[part], shifted(KNOWN[0], right))
        assert torch.equal(labels[part], KNOWN[1])


def test_copies_teach_the_shift_that_they_show_and_no_other():
    torch.manual_seed(0)
    model = learn(Network(784, 64), *with_copies(*KNOWN))
    here, there, far = (
        percent_right(model, shifted(TEST[0], right), TEST[1])
        for right in (0, 2, 4)
    )
    assert here > 85
    assert there > 85
    assert 60 < far < 75
    torch.manual_seed(0)
    plain = learn(Network(784, 64), *KNOWN)
    before = percent_right(plain, shifted(TEST[0], 2), TEST[1])
    assert far == pytest.approx(before, abs=4)
    assert here - 4 < there


def test_pooled_over_all_places_a_shift_costs_little():
    torch.manual_seed(0)
    model = Anywhere()
    assert sum(p.numel() for p in model.output.parameters()) == 170
    G = model.maps(TEST[0][:5])
    logits = model.output(G.reshape(5, 16, 25).max(dim=2).values)
    assert torch.equal(model(TEST[0][:5]), logits)
    learn(model, *KNOWN)
    before = percent_right(model, *TEST)
    assert 75 < before < 90
    assert before - percent_right(model, shifted(TEST[0], 2), TEST[1]) < 5
    torch.manual_seed(0)
    other = learn(ConvolutionalNetwork(), *KNOWN)
    assert confused(model, 2, 5) > confused(other, 2, 5) + 3


def confused(model, a, b):
    guesses = model(TEST[0]).argmax(dim=1)
    is_a, is_b = TEST[1] == a, TEST[1] == b
    return (is_a & (guesses == b) | is_b & (guesses == a)).sum()
