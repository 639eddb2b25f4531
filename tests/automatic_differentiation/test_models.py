import math

import numpy as np
import pytest
import torch

from automatic_differentiation.engine import Value
from automatic_differentiation.models import (
    deep,
    line,
    mean_loss,
    network,
    squared,
)
from backpropagation import scratch
from data.hubble_1929 import x, y
from gradient_descent import scratch as gradient_descent


def test_line_and_its_losses_are_those_of_the_chapters_before():
    rng = np.random.default_rng(0)
    for w, b, xi, yi in rng.normal(size=(10, 4)):
        assert line(w, b, xi) == scratch.line(w, b, xi)
        loss = scratch.forward(w, b, xi, yi)[3]
        assert squared(line(w, b, xi), yi) == pytest.approx(loss)
        expected = gradient_descent.loss(w, b, x, y)
        assert mean_loss(line, (w, b), x, y) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (Value, lambda v: v.data),
        (
            lambda p: torch.tensor(p, dtype=torch.float64),
            torch.Tensor.item,
        ),
    ],
)
def test_network_is_that_of_the_chapter_before_for_any_kind_of_number(
    kind, number
):
    rng = np.random.default_rng(1)
    for *parameters, xi in rng.normal(size=(10, 5)):
        expected = scratch.network(*parameters, xi)
        ours = network(*map(kind, parameters), xi)
        assert number(ours) == pytest.approx(expected, rel=1e-12)


def test_deep_stacks_layers():
    once = math.tanh(0.9 * 2 + 0.1)
    pairs = [(Value(0.9), Value(0.1)), (Value(0.8), Value(-0.2))]
    expected = math.tanh(0.8 * once - 0.2)
    assert deep(pairs, Value(2.0)).data == pytest.approx(expected)


def test_deep_without_layers_gives_back_its_input():
    assert deep([], 2.0) == 2.0
