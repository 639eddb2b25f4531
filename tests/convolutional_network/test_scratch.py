import numpy as np
import pytest
import torch

from convolutional_network.scratch import (
    receptive_field,
    score,
    score_gradient,
)


@pytest.fixture(params=range(4))
def case(request):
    rng = np.random.default_rng(request.param)
    n, d = 9, 3
    return rng.normal(size=n + d - 1), rng.normal(size=d), rng.normal(size=n)


def test_score_and_gradient_are_those_of_torch(case):
    x, w, v = map(torch.tensor, case)
    w.requires_grad_()
    u = torch.nn.functional.conv1d(x[None, None], w[None, None])[0, 0] + 0.3
    z = v @ torch.relu(u)
    z.backward()
    row, kernel, line = (each.tolist() for each in case)
    assert score(row, kernel, 0.3, line) == pytest.approx(z.item())
    # sums of a few numbers in another order
    assert score_gradient(row, kernel, 0.3, line) == pytest.approx(
        w.grad.tolist(), abs=1e-12
    )


def test_the_gradient_is_the_sum_of_those_of_separate_kernels(case):
    row, kernel, line = (each.tolist() for each in case)
    total = np.zeros(3)
    for i in range(len(line)):
        alone = [vi if k == i else 0.0 for k, vi in enumerate(line)]
        total += score_gradient(row, kernel, -0.1, alone)
    assert score_gradient(row, kernel, -0.1, line) == pytest.approx(total)


@pytest.mark.parametrize(
    ("kernels", "strides"),
    [([5, 3, 2], [2, 1, 2]), ([3, 2, 4], [1, 3, 2]), ([7], [4]), ([], [])],
)
def test_a_unit_sees_what_a_nudge_shows(kernels, strides):
    # all weights positive, no bend: each pixel in sight moves the unit
    V = torch.zeros(1, 1, 80, dtype=torch.float64, requires_grad=True)
    Z = V
    for k, s in zip(kernels, strides, strict=True):
        weights = torch.ones(1, 1, k, dtype=torch.float64)
        Z = torch.nn.functional.conv1d(Z, weights, stride=s)
    Z[0, 0, 0].backward()
    places = V.grad.nonzero()[:, 2].tolist()
    assert places == list(range(receptive_field(kernels, strides)))
