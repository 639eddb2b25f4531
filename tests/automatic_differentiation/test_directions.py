import numpy as np
import pytest

from automatic_differentiation.directions import backwards, forwards
from automatic_differentiation.engine import Value
from automatic_differentiation.models import (
    deep,
    line,
    mean_loss,
    network,
    squared,
)
from data.hubble_1929 import x, y


def stack(layers, pairs=None):
    pairs = pairs or [(0.9, 0.1)] * layers
    pairs = [(Value(w), Value(b)) for w, b in pairs]
    return squared(deep(pairs, Value(2.0)), 0.5), [v for p in pairs for v in p]


def graphs():
    rng = np.random.default_rng(0)
    w, b = map(Value, rng.normal(scale=300, size=2))
    yield mean_loss(line, (w, b), x, y), [w, b]
    four = [Value(v) for v in rng.normal(size=4)]
    yield squared(network(*four, 2), 0.85), four
    yield stack(5, rng.normal(size=(5, 2)).tolist())


@pytest.mark.parametrize("graph", list(graphs()))
def test_both_directions_find_the_slopes_of_the_engine(graph):
    root, parameters = graph
    root.backward()
    slopes, _ = backwards(root)
    for value in parameters:
        slope, _ = forwards(root, value)
        assert slope == pytest.approx(value.grad, rel=1e-12)
        assert slopes[value] == pytest.approx(value.grad, rel=1e-12)


@pytest.mark.parametrize("layers", [1, 2, 5, 10, 100])
def test_the_counts_follow_the_formulas(layers):
    root, parameters = stack(layers)
    each = [forwards(root, value)[1] for value in parameters]
    assert sum(each) == 3 * layers**2 + 8 * layers
    assert backwards(root)[1] == 5 * layers + 5
    # the two parameters of layer j from the end, whose list runs backwards
    pairs = [sum(each[i : i + 2]) for i in range(0, len(each), 2)]
    assert pairs[::-1] == [6 * j + 5 for j in range(1, layers + 1)]


def test_back_multiplies_once_for_each_arrow():
    root, _ = stack(3)
    slopes, count = backwards(root)
    assert count == sum(len(value.slopes) for value in slopes)
