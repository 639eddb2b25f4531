import numpy as np
import pytest
import torch

from convolution.solutions import pixel_gradient, weights_of_layers
from convolution.vectorized import correlate

functional = torch.nn.functional


@pytest.mark.parametrize(
    ("N", "C", "K", "k", "f", "s"),
    [(128, 3, 8, 5, 2, 2), (9, 2, 4, 3, 1, 1), (10, 1, 2, 4, 0, 3)],
)
def test_sizes_and_counts_are_those_of_torch(N, C, K, k, f, s):
    P, sliding, full = weights_of_layers(N, C, K, k, f, s)
    layer = torch.nn.Conv2d(C, K, k, stride=s, padding=f)
    assert layer(torch.zeros(1, C, N, N)).shape == (1, K, P, P)
    assert sliding == sum(p.numel() for p in layer.parameters())
    linear = torch.nn.Linear(C * N * N, K * P * P, device="meta")
    assert full == sum(p.numel() for p in linear.parameters())


@pytest.mark.parametrize("seed", range(3))
def test_the_slope_of_a_pixel_is_that_of_torch(seed):
    rng = np.random.default_rng(seed)
    V, W, dZ = (rng.normal(size=n) for n in ((7, 6), (3, 3), (5, 4)))
    pixels = torch.tensor(V, requires_grad=True)
    Z = functional.conv2d(pixels[None, None], torch.tensor(W)[None, None])
    Z.backward(torch.tensor(dZ)[None, None])
    ours = pixel_gradient(dZ, W)
    assert np.allclose(ours, pixels.grad, rtol=0, atol=1e-13)
    turned = correlate(np.pad(dZ, 2), W[::-1, ::-1])
    assert np.allclose(ours, turned, rtol=0, atol=1e-13)


@pytest.mark.parametrize("seed", range(3))
def test_two_kernels_in_a_row_are_one(seed):
    rng = np.random.default_rng(seed)
    V, first, second = (rng.normal(size=(n, n)) for n in (9, 3, 3))
    both = pixel_gradient(second, first)
    twice = correlate(correlate(V, first), second)
    assert both.shape == (5, 5)
    assert np.allclose(correlate(V, both), twice, rtol=0, atol=1e-12)


def test_three_kernels_in_a_row_are_one_of_seven_by_seven():
    rng = np.random.default_rng(0)
    V, *three = (rng.normal(size=(n, n)) for n in (9, 3, 3, 3))
    whole, Z = three[0], correlate(V, three[0])
    for W in three[1:]:
        whole, Z = pixel_gradient(W, whole), correlate(Z, W)
    assert whole.shape == (7, 7)
    assert np.allclose(correlate(V, whole), Z, rtol=0, atol=1e-12)
