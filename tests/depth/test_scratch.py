from math import prod

import numpy as np
import pytest
import torch

from depth.scratch import chain


@pytest.fixture(params=range(4))
def weights(request):
    return np.random.default_rng(request.param).normal(size=6).tolist()


@pytest.mark.parametrize("add", [False, True])
def test_the_slope_of_a_chain_is_the_product_of_its_factors(weights, add):
    delta = 1e-6
    up, down = (chain(0.3 + d, weights, add)[0] for d in (delta, -delta))
    _, factors = chain(0.3, weights, add)
    # the error of a central difference is of the order of delta squared
    assert prod(factors) == pytest.approx((up - down) / (2 * delta), abs=1e-7)


@pytest.mark.parametrize("add", [False, True])
def test_a_chain_is_that_of_torch(weights, add):
    u = start = torch.tensor(-0.4, dtype=torch.float64, requires_grad=True)
    for w in weights:
        u = u + torch.tanh(w * u) if add else torch.tanh(w * u)
    u.backward()
    value, factors = chain(-0.4, weights, add)
    assert value == pytest.approx(u.item(), abs=1e-14)
    assert prod(factors) == pytest.approx(start.grad.item(), abs=1e-12)


@pytest.mark.parametrize("add", [False, True])
def test_each_factor_is_the_slope_of_its_layer(weights, add):
    u, (_, factors) = 0.7, chain(0.7, weights, add)
    for w, factor in zip(weights, factors, strict=True):
        up, down = (chain(u + d, [w], add)[0] for d in (1e-6, -1e-6))
        assert factor == pytest.approx((up - down) / 2e-6, abs=1e-8)
        u, _ = chain(u, [w], add)


def test_small_slopes_vanish_plain_and_not_adding():
    for w in (0.1, -0.1):
        plain, adding = (
            prod(chain(0.5, 30 * [w], add)[1]) for add in (False, True)
        )
        assert abs(plain) < 1e-29
        assert 0.01 < adding < 30


def test_slopes_near_minus_one_cancel_the_straight_path():
    _, factors = chain(0.0, 10 * [-0.9], add=True)
    assert 0 < prod(factors) < 1e-9


def test_factors_a_little_above_1_explode():
    assert prod(chain(0.01, 30 * [0.5], add=True)[1]) > 30
