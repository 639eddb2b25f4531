import numpy as np
import pytest

from automatic_differentiation.engine import Value
from automatic_differentiation.models import line, mean_loss, network, squared
from automatic_differentiation.pitfalls import (
    backward_hasty,
    backward_overwriting,
)
from data.hubble_1929 import x, y


def parameters():
    return Value(450.0), Value(-40.0)


def product_loss(w, b):
    error = line(w, b, 2) - 850
    return error * error / 2


def once_each():
    """Graphs in which each value is used once, at random numbers."""
    rng = np.random.default_rng(0)
    for _ in range(5):
        two = [Value(v) for v in rng.normal(scale=300, size=2)]
        yield two, squared(line(*two, 2), 850)
        four = [Value(v) for v in rng.normal(size=4)]
        yield four, squared(network(*four, 2), 0.85)


@pytest.mark.parametrize("wrong", [backward_overwriting, backward_hasty])
def test_both_are_right_where_each_value_is_used_once(wrong):
    for values, root in once_each():
        root.backward()
        expected = [value.grad for value in values]
        fresh = ordered_reset(root)
        fresh.grad = 1.0
        wrong(fresh)
        assert [value.grad for value in values] == pytest.approx(expected)


def ordered_reset(root):
    found = [root]
    for value in found:
        value.grad = 0.0
        found += [source for source, _ in value.slopes]
    return root


def test_overwriting_loses_half_of_a_square_written_as_a_product():
    w, b = parameters()
    root = product_loss(w, b)
    root.backward()
    assert (w.grad, b.grad) == (20, 10)
    backward_overwriting(root)
    assert (w.grad, b.grad) == (10, 5)


def test_overwriting_keeps_the_share_of_one_nebula_only():
    w, b = parameters()
    backward_overwriting(mean_loss(line, (w, b), x, y))
    shares = [
        ((line(450, -40, xi) - yi) * xi / 24, (line(450, -40, xi) - yi) / 24)
        for xi, yi in zip(x, y, strict=True)
    ]
    assert any((w.grad, b.grad) == pytest.approx(share) for share in shares)


def test_passing_on_too_early_counts_shares_twice():
    w, b = parameters()
    root = product_loss(w, b)
    root.grad = 1.0
    backward_hasty(root)
    assert (w.grad, b.grad) == (50, 20)
