import inspect
import math
import random

import numpy as np
import pytest
import sympy
import torch

from automatic_differentiation import engine
from automatic_differentiation.concise import gradients_by_torch
from automatic_differentiation.engine import Value, gradients, ordered, train
from automatic_differentiation.models import line, mean_loss, network, squared
from backpropagation import scratch
from chain_rule.scratch import central_difference
from data.hubble_1929 import x, y
from gradient_descent import scratch as gradient_descent

THOUSANDS = [yi / 1000 for yi in y]


def mean_of_line(w, b):
    return mean_loss(line, (w, b), x, y)


def mean_of_network(*parameters):
    return mean_loss(network, parameters, x, THOUSANDS)


def sample_of_network(*parameters):
    return squared(network(*parameters, 2), 0.85)


OPERATIONS = [
    lambda u, v: u + v,
    lambda u, v: u - v,
    lambda u, v: u * v,
    lambda u, v: u / v,
    lambda u, v: v / v,
    lambda u, v: -u * -v,
    lambda u, v: 1 - v,
    lambda u, v: 3 / v - u,
    lambda u, v: v - 3,
    lambda u, v: u / 3 + v / -7,
    lambda u, v: u**3 - v**-2,
    lambda u, v: u**0.5,
    lambda u, v: v**1,
    lambda u, v: (u * v).tanh(),
    lambda u, v: 2 + u + 3 * v - 1,
    lambda u, v: u * u * u + v * u,
]
# the two engines may round a product or a quotient differently
ROUNDING = {"rel": 1e-12, "abs": 1e-14}


def test_the_engine_has_fewer_than_fifty_lines():
    _, rest = inspect.getsource(engine).split("# --8<-- [start:value]\n")
    shown, _ = rest.split("# --8<-- [end:value]\n")
    assert len([text for text in shown.splitlines() if text.strip()]) < 50


@pytest.mark.parametrize("f", OPERATIONS)
def test_each_operation_has_the_value_and_slopes_of_torch(f):
    rng = random.Random(0)
    for _ in range(20):
        point = rng.uniform(0.2, 2), rng.uniform(-2, -0.2)
        values = [torch.tensor(p, dtype=torch.float64) for p in point]
        theirs = f(*[value.requires_grad_() for value in values])
        theirs.backward()
        expected = [0 if v.grad is None else v.grad.item() for v in values]
        ours = f(*map(Value, point))
        assert ours.data == pytest.approx(theirs.item(), **ROUNDING)
        assert gradients(f, *point) == pytest.approx(expected, **ROUNDING)


def bounded(v):
    return v.tanh() + 2  # between 1 and 3, safe to divide by


STEPS = [
    lambda u, v, c: u + v,
    lambda u, v, c: u - v,
    lambda u, v, c: u.tanh() * v,
    lambda u, v, c: u / bounded(v),
    lambda u, v, c: bounded(v) ** c,
    lambda u, v, c: (u * c).tanh(),
    lambda u, v, c: -u,
    lambda u, v, c: c - v,
    lambda u, v, c: c / bounded(v),
]


def expression(rng, steps=12):
    """Return a function that combines its numbers at random, some twice."""
    plan = [
        (rng.choice(STEPS), rng.random(), rng.random(), rng.uniform(0.5, 2))
        for _ in range(steps)
    ]

    def f(*values):
        values = list(values)
        for step, first, second, c in plan:
            u = values[int(first * len(values))]
            v = values[int(second * len(values))]
            values.append(step(u, v, c))
        return sum(values)

    return f


@pytest.mark.parametrize("seed", range(50))
def test_random_expressions_have_the_slopes_of_torch(seed):
    rng = random.Random(seed)
    point = [rng.uniform(-2, 2) for _ in range(3)]
    f = expression(rng)
    expected = gradients_by_torch(f, *point)
    # a dozen steps round a dozen times, and sums may cancel
    assert gradients(f, *point) == pytest.approx(expected, rel=1e-9, abs=0)


def test_gradients_are_those_of_torch_for_the_models():
    rng = np.random.default_rng(0)
    for _ in range(5):
        w, b = rng.normal(scale=300, size=2)
        expected = gradients_by_torch(mean_of_line, w, b)
        assert gradients(mean_of_line, w, b) == pytest.approx(expected)
        start = rng.normal(size=4)
        for f in (sample_of_network, mean_of_network):
            expected = gradients_by_torch(f, *start)
            ours = gradients(f, *start)
            assert ours == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_gradients_of_the_mean_are_those_of_the_formula():
    rng = np.random.default_rng(1)
    for w, b in rng.normal(scale=300, size=(5, 2)):
        expected = gradient_descent.gradient(w, b, x, y)
        ours = gradients(mean_of_line, w, b)
        assert ours == pytest.approx(expected, rel=1e-9)


def test_gradients_of_the_network_are_those_by_hand():
    rng = np.random.default_rng(2)
    for start in rng.normal(size=(5, 4)):
        _, g, y_hat = scratch.network_forward(*start, 2)
        by_hand = scratch.network_backward(start[2], 2, 0.85, g, y_hat)
        ours = gradients(sample_of_network, *start)
        assert ours == pytest.approx(by_hand, rel=1e-9)


def test_gradients_of_the_network_agree_with_nudging():
    start = [1.0, -1.5, 2.0, -0.5]

    def along(k):
        def moved(v):
            parameters = [*start[:k], v, *start[k + 1 :]]
            return sample_of_network(*map(Value, parameters)).data

        return moved

    nudged = [central_difference(along(k), start[k]) for k in range(4)]
    # the error of a central difference is of order 1e-4 squared
    ours = gradients(sample_of_network, *start)
    assert ours == pytest.approx(nudged, rel=1e-7)


def test_gradients_agree_with_sympy_where_values_are_used_twice():
    names = u, v = sympy.symbols("u v")

    def f(u, v):
        h = u * v + u
        return h * h * u + h**2 / 3 - u / h

    point = {u: 1.3, v: -0.4}
    expected = [float(sympy.diff(f(u, v), n).subs(point)) for n in names]
    ours = gradients(f, *point.values())
    assert ours == pytest.approx(expected, rel=1e-12)


def test_every_value_comes_after_its_sources_and_only_once():
    order = ordered(mean_of_network(*map(Value, (1.0, 0.0, 1.0, 0.0))))
    place = {value: k for k, value in enumerate(order)}
    assert len(place) == len(order)
    for value in order:
        assert all(place[s] < place[value] for s, _ in value.slopes)


def test_the_depth_is_one_more_than_that_of_the_deepest_source():
    w = Value(2.0)
    p = w * 3
    z = p + w
    assert (w.depth, p.depth, z.depth) == (1, 2, 3)
    assert ordered(z)[-1] is z


def test_backward_twice_gives_the_same_slopes():
    w, b = Value(450.0), Value(-40.0)
    sample_loss = squared(line(w, b, 2), 850)
    for _ in range(2):
        sample_loss.backward()
        assert (w.grad, b.grad) == (20, 10)


def test_train_walks_the_path_of_gradient_descent():
    ours = 0.0, 0.0
    for epochs in range(1, 301):
        ours = train(mean_of_line, *ours, epochs=1)
        expected = gradient_descent.train(x, y, epochs=epochs)
        assert ours == pytest.approx(expected, rel=1e-10)


def test_the_network_fits_closer_than_the_best_line():
    parameters = train(mean_of_network, 1.0, 0.0, 1.0, 0.0, lr=1.0)
    curved = mean_of_network(*map(Value, parameters)).data * 1e6
    assert curved < mean_of_line(*np.polyfit(x, y, 1))


def test_thousands_of_terms_and_steps_are_no_trouble():
    rng = np.random.default_rng(0)
    xs, ys = rng.uniform(0, 2, 5000), rng.uniform(0, 1000, 5000)

    def mean_of_many(w, b):
        return mean_loss(line, (w, b), xs, ys)

    expected = gradient_descent.gradient(3.0, -2.0, xs, ys)
    assert gradients(mean_of_many, 3.0, -2.0) == pytest.approx(expected)

    def chain(u):
        for _ in range(50_000):
            u = u + 1
        return u

    assert gradients(chain, 0.0) == [1.0]


def test_the_local_slope_of_tanh_is_never_above_one():
    for u in np.linspace(-3, 3, 61):
        ((_, slope),) = Value(float(u)).tanh().slopes
        assert slope == pytest.approx(1 / math.cosh(u) ** 2)
        assert slope <= 1
