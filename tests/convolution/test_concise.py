from pathlib import Path

import numpy as np
import pytest
import torch

from convolution.concise import learn
from convolution.vectorized import correlate, feature_matrix
from data import deep_field
from several_inputs.vectorized import gradient

V = deep_field.load(
    Path(deep_field.__file__).with_name("deep_field.csv.gz")
).mean(axis=0)
EDGES = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def test_the_hidden_kernel_is_learned_to_a_hundredth():
    learned = learn(V, correlate(V, EDGES)).weight.detach()[0, 0]
    assert np.abs(learned.numpy() - EDGES).max() < 0.01


def test_a_random_kernel_is_learned_as_well():
    rng = np.random.default_rng(1)
    picture, W = rng.normal(size=(24, 24)), rng.normal(size=(3, 3))
    Y = correlate(picture, W, 0.5)
    model = learn(picture, Y, lr=0.1, momentum=0.9, epochs=200)
    # float32 keeps 7 digits
    assert model.weight.detach()[0, 0].numpy() == pytest.approx(W, abs=1e-4)
    assert model.bias.item() == pytest.approx(0.5, abs=1e-4)


def test_it_takes_five_hundred_steps():
    small = V[20:36, 60:76]
    Y = correlate(small, EDGES)
    found, same, more = (
        learn(small, Y, **how).weight.detach()
        for how in ({}, {"epochs": 500}, {"epochs": 501})
    )
    assert torch.equal(found, same)
    assert not torch.equal(found, more)


def test_the_first_step_goes_down_the_gradient_of_our_loss():
    Y = correlate(V, EDGES)
    model = learn(V, Y, epochs=1)
    slopes = gradient(np.zeros(10), feature_matrix(V, 3), Y.ravel())
    found = [*model.weight.detach().ravel(), model.bias.item()]
    assert np.allclose(found, -slopes, rtol=0, atol=1e-6)


def test_a_layer_of_eight_kernels_has_224_parameters():
    layer = torch.nn.Conv2d(3, 8, 3)
    assert sum(p.numel() for p in layer.parameters()) == 8 * (3 * 9 + 1)
