import numpy as np
import pytest
import sympy

from backpropagation.scratch import (
    backward,
    forward,
    line,
    network,
    network_backward,
    network_forward,
    network_loss,
    train,
    train_by_sample,
)
from data.hubble_1929 import x, y
from gradient_descent import scratch as gradient_descent
from gradient_descent.scratch import loss


def test_forward_goes_through_the_numbers_of_the_picture():
    assert forward(450, -40, 2, 850) == (900, 860, 10, 50)


def test_backward_finds_what_sympy_derives():
    w, b, xi, yi = sympy.symbols("w b x y")
    _, _, e, sample_loss = forward(w, b, xi, yi)
    dw, db = backward(xi, e)
    assert sympy.expand(dw - sympy.diff(sample_loss, w)) == 0
    assert sympy.expand(db - sympy.diff(sample_loss, b)) == 0


def test_network_backward_finds_what_sympy_derives():
    names = sympy.symbols("w1 b1 w2 b2 x y")
    w1, b1, w2, b2, xi, yi = names
    exact = (w2 * sympy.tanh(w1 * xi + b1) + b2 - yi) ** 2 / 2
    rng = np.random.default_rng(0)
    for numbers in rng.normal(size=(5, 6)):
        point = dict(zip(names, numbers, strict=True))
        _, g, y_hat = network_forward(*numbers[:5])
        slopes = network_backward(*numbers[[2, 4, 5]], g, y_hat)
        expected = [float(sympy.diff(exact, p).subs(point)) for p in names[:4]]
        assert slopes == pytest.approx(expected, rel=1e-9)


def test_network_is_what_its_forward_pass_says():
    rng = np.random.default_rng(1)
    for numbers in rng.normal(size=(10, 6)):
        *parameters, xi, yi = numbers
        w1, b1, w2, b2 = parameters
        u, g, y_hat = network_forward(*parameters, xi)
        assert u == line(w1, b1, xi)
        assert g == pytest.approx(np.tanh(u))
        assert y_hat == network(*parameters, xi)
        assert y_hat == pytest.approx(w2 * np.tanh(w1 * xi + b1) + b2)
        expected = (y_hat - yi) ** 2 / 2
        assert network_loss(*parameters, xi, yi) == pytest.approx(expected)


def test_without_tanh_two_lines_are_a_line():
    w1, b1, w2, b2, xi = sympy.symbols("w1 b1 w2 b2 x")
    twice = sympy.expand(line(w2, b2, line(w1, b1, xi)))
    assert sympy.diff(twice, xi, 2) == 0


def test_each_epoch_of_train_is_that_of_gradient_descent():
    for epochs in range(301):
        # the same sums, divided by n before or after: rounding only
        expected = gradient_descent.train(x, y, epochs=epochs)
        assert train(x, y, epochs=epochs) == pytest.approx(expected, rel=1e-12)


def test_train_reaches_the_least_squares_line():
    assert train(x, y) == pytest.approx(np.polyfit(x, y, 1), abs=1e-9)


def test_one_update_multiplies_the_residual_on_its_sample():
    for xi, yi in zip(x, y, strict=True):
        w, b = train_by_sample([xi], [yi], lr=0.5, epochs=1)
        factor = 1 - 0.5 * (xi**2 + 1)
        assert w * xi + b - yi == pytest.approx(factor * (0 - yi))


def test_by_sample_a_smaller_learning_rate_ends_nearer_the_best_line():
    w, b = np.polyfit(x, y, 1)
    lowest = loss(w, b, x, y)
    above = [
        loss(*train_by_sample(x, y, lr=lr), x, y) - lowest
        for lr in (0.5, 0.05, 0.005)
    ]
    assert above[0] > 1e6
    assert 50 < above[1] < 150
    assert 0 < above[2] < 1


def test_by_sample_the_rate_is_a_twentieth_unless_one_says_another():
    assert train_by_sample(x, y) == train_by_sample(x, y, lr=0.05)


def test_by_sample_w_goes_round_in_a_circle_that_shrinks_with_the_rate():
    def circle(lr):
        w, b = train_by_sample(x, y, lr=lr)
        # one more epoch ends where it began; inside it w moves
        again = train_by_sample(x, y, lr=lr, epochs=301)
        assert again == pytest.approx((w, b), abs=0.01)
        passed = []
        for xi, yi in zip(x, y, strict=True):
            e = w * xi + b - yi
            w, b = w - lr * e * xi, b - lr * e
            passed.append(w)
        return max(passed) - min(passed)

    assert circle(0.05) > 5 * circle(0.005) > 1
