import pytest

from backpropagation.engine import Value
from backpropagation.models import line, loss, mean_loss, network
from backpropagation.pitfalls import backward_hasty, backward_overwriting
from data.hubble_1929 import x, y


def parameters():
    return Value(450.0), Value(-40.0)


def product_loss(w, b):
    error = line(w, b, 2) - 850
    return error * error / 2


def test_overwriting_is_right_where_each_value_is_used_once():
    w, b = parameters()
    backward_overwriting(loss(line(w, b, 2), 850))
    assert (w.grad, b.grad) == (20, 10)
    four = [Value(v) for v in (1.0, -1.5, 2.0, -0.5)]
    root = loss(network(*four, 2), 0.85)
    root.backward()
    expected = [value.grad for value in four]
    backward_overwriting(root)
    assert [value.grad for value in four] == expected


def test_overwriting_loses_half_of_a_square_written_as_a_product():
    w, b = parameters()
    root = product_loss(w, b)
    root.backward()
    assert (w.grad, b.grad) == (20, 10)
    backward_overwriting(root)
    assert (w.grad, b.grad) == (10, 5)


def test_overwriting_keeps_the_share_of_nebula_1_only():
    w, b = parameters()
    backward_overwriting(mean_loss(line, (w, b), x, y))
    error = line(450, -40, x[0]) - y[0]
    assert w.grad == pytest.approx(error * x[0] / 24)
    assert b.grad == pytest.approx(error / 24)


def test_training_with_overwriting_heeds_nebula_1_only():
    w, b = 0.0, 0.0
    for _ in range(1000):
        w, b = Value(w), Value(b)
        backward_overwriting(mean_loss(line, (w, b), x, y))
        w, b = w.data - 0.5 * w.grad, b.data - 0.5 * b.grad
    assert line(w, b, x[0]) == pytest.approx(y[0])
    assert abs(w) < 6


def test_passing_on_too_early_counts_shares_twice():
    w, b = parameters()
    root = product_loss(w, b)
    root.grad = 1.0
    backward_hasty(root)
    assert (w.grad, b.grad) == (50, 20)


def test_passing_on_too_early_is_right_where_each_value_is_used_once():
    w, b = parameters()
    root = loss(line(w, b, 2), 850)
    root.grad = 1.0
    backward_hasty(root)
    assert (w.grad, b.grad) == (20, 10)
