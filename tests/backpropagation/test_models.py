import math

import pytest
import torch

from backpropagation.engine import Value
from backpropagation.models import deep, line, loss, mean_loss, network
from data.hubble_1929 import x, y
from gradient_descent import scratch as gradient_descent


def test_line_and_its_losses_are_those_of_the_chapters_before():
    assert line(450, -40, 2) == 860
    assert loss(860, 850) == 50
    expected = gradient_descent.loss(450, -40, x, y)
    assert mean_loss(line, (450, -40), x, y) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kind", "number"),
    [(Value, lambda v: v.data), (torch.tensor, torch.Tensor.item)],
)
def test_network_is_a_line_a_tanh_and_a_line_for_any_kind_of_number(
    kind, number
):
    parameters = [kind(p) for p in (1.0, -1.5, 2.0, -0.5)]
    expected = 2.0 * math.tanh(1.0 * 2 - 1.5) - 0.5
    # a tensor is a float32 here
    assert number(network(*parameters, 2)) == pytest.approx(expected, rel=1e-6)


def test_deep_stacks_layers():
    once = math.tanh(0.9 * 2 + 0.1)
    pairs = [(Value(0.9), Value(0.1)), (Value(0.8), Value(-0.2))]
    expected = math.tanh(0.8 * once - 0.2)
    assert deep(pairs, Value(2.0)).data == pytest.approx(expected)


def test_deep_without_layers_gives_back_its_input():
    assert deep([], 2.0) == 2.0
