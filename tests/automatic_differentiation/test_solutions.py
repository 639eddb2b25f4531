import math
from functools import partial

import numpy as np
import pytest
import torch

from automatic_differentiation.engine import Value, gradients, train
from automatic_differentiation.models import deep
from automatic_differentiation.solutions import (
    exp,
    first_slope,
    log,
    log_loss,
    square_root,
)
from chain_rule.solutions import log_loss_slopes
from loss_functions.scratch import log_loss as expected_loss
from loss_functions.scratch import sigmoid


@pytest.mark.parametrize("yi", [0, 1])
def test_log_loss_has_the_value_and_slopes_of_torch_and_of_the_formula(yi):
    rng = np.random.default_rng(yi)
    for point in rng.normal(size=(10, 3)):
        start, xi = point[:2].tolist(), float(point[2])
        w, b = (
            torch.tensor(v, dtype=torch.float64, requires_grad=True)
            for v in start
        )
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            w * xi + b, torch.tensor(float(yi), dtype=torch.float64)
        )
        loss.backward()
        ours = gradients(partial(log_loss, xi=xi, yi=yi), *start)
        expected = [w.grad.item(), b.grad.item()]
        assert ours == pytest.approx(expected, rel=1e-9)
        assert ours == pytest.approx(log_loss_slopes(*start, xi, yi), rel=1e-9)
        value = log_loss(*map(Value, start), xi, yi).data
        assert value == pytest.approx(loss.item(), rel=1e-9)
        a = sigmoid(start[0] * xi + start[1])
        assert value == pytest.approx(expected_loss(a, yi))


def test_exp_and_log_are_those_of_math():
    rng = np.random.default_rng(0)
    for u in rng.uniform(0.1, 3, size=10):
        assert exp(Value(u)).data == math.exp(u)
        assert log(Value(u)).data == math.log(u)
        assert gradients(exp, u) == pytest.approx([math.exp(u)])
        assert gradients(log, u) == pytest.approx([1 / u])


@pytest.mark.parametrize("number", [0.5, 2, 3])
def test_square_root_is_that_of_math(number):
    assert square_root(number) == pytest.approx(math.sqrt(number), abs=1e-9)


def test_the_limit_of_the_learning_rate_on_the_way_to_the_root_is_an_eighth():
    def miss(v):
        return (v * v - 2) ** 2

    assert train(miss, 1.0, lr=0.12)[0] == pytest.approx(math.sqrt(2))
    assert abs(train(miss, 1.0, lr=0.13)[0] - math.sqrt(2)) > 0.1
    with pytest.raises(OverflowError):
        train(miss, 1.0, lr=0.5)


@pytest.mark.parametrize("layers", [1, 2, 7, 30])
def test_first_slope_is_the_one_that_torch_finds(layers):
    values = torch.tensor([[0.9, 0.1]] * layers, dtype=torch.float64)
    values.requires_grad_()
    deep(values, torch.tensor(2.0, dtype=torch.float64)).backward()
    expected = values.grad[0, 0].item()
    assert first_slope(layers) == pytest.approx(expected, rel=1e-9)


def test_first_slope_fades_with_the_depth():
    slopes = [first_slope(layers) for layers in (1, 5, 20, 50)]
    assert slopes == sorted(slopes, reverse=True)
    assert slopes[-1] < 1e-9 < slopes[0]
