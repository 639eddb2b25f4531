import numpy as np
import pytest
import torch

from depth.vectorized import normalise, signals


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("add", [False, True])
@pytest.mark.parametrize("k", [0.5, 2])
def test_numbers_and_slopes_are_those_of_torch(k, add, seed):
    M, h, n = 5, 7, 4
    rng = np.random.default_rng(seed)
    U = first = torch.tensor(rng.normal(size=(n, h)), requires_grad=True)
    for _ in range(M):
        V = torch.relu(U) @ torch.tensor(rng.normal(0, np.sqrt(k / h), (h, h)))
        U = U + V if add else V
    U.backward(torch.tensor(rng.normal(size=(n, h))))
    ends = (U**2).mean().item(), (first.grad**2).mean().item()
    # sums of a few numbers in another order
    assert signals(k, add, M, h, n, seed) == pytest.approx(ends, rel=1e-12)


@pytest.mark.parametrize("k", [1, 2, 4])
@pytest.mark.parametrize("add", [False, True])
def test_a_layer_multiplies_both_by_the_factor_of_the_table(k, add):
    factor = k / 2 + add
    for ends in np.transpose(
        [signals(k, add, seed=seed) for seed in range(8)]
    ):
        rate = np.log(ends).mean() / 30
        # the draw moves the mean of a layer by some per cent
        assert rate == pytest.approx(np.log(factor), abs=0.06)


@pytest.mark.parametrize("seed", range(3))
def test_normalised_numbers_have_mean_0_and_mean_square_1(seed):
    u = np.random.default_rng(seed).normal(5, 3, (4, 9))
    assert np.allclose(normalise(u).mean(axis=1), 0, atol=1e-14)
    assert np.allclose((normalise(u) ** 2).mean(axis=1), 1)
    theirs = torch.nn.functional.layer_norm(torch.tensor(u), (9,))
    # PyTorch adds 1e-5 to the variance
    assert np.allclose(normalise(u), theirs, atol=1e-4)


@pytest.mark.parametrize("c", [1e-6, 0.1, 7.0, 1e6])
def test_the_size_of_the_weights_before_it_does_not_matter(c):
    rng = np.random.default_rng(0)
    X, W = rng.normal(size=(5, 3)), rng.normal(size=(3, 8))
    assert np.allclose(normalise(X @ (c * W)), normalise(X @ W))


def test_normalised_layers_add_the_same_mean_square_each():
    rng = np.random.default_rng(0)
    h, k = 400, 2
    U = rng.normal(size=(40, h))
    squares = [(U**2).mean()]
    for _ in range(30):
        W = rng.normal(0, np.sqrt(k / h), (h, h))
        U = U + np.maximum(normalise(U), 0) @ W
        squares.append((U**2).mean())
    # 1 + m k / 2, give or take the draw
    expected = 1 + np.arange(31) * k / 2
    assert np.allclose(squares, expected, rtol=0.15)


def test_normalised_layers_let_the_slopes_grow_in_a_straight_line():
    torch.manual_seed(0)
    h, k, M = 400, 2, 30
    first = U = torch.randn(40, h, requires_grad=True)
    for _ in range(M):
        W = torch.randn(h, h) * (k / h) ** 0.5
        G = torch.relu(torch.nn.functional.layer_norm(U, (h,)))
        U = U + G @ W
    U.backward(torch.randn(40, h))
    # Q_M / q = 1 + M k / 2
    grown = (first.grad**2).mean().item()
    assert grown == pytest.approx(1 + M * k / 2, rel=0.25)
