import inspect
import math
import random

import numpy as np
import pytest
import sympy
import torch

from backpropagation import engine, scratch
from backpropagation.concise import gradients_by_torch
from backpropagation.engine import Value, fit, gradients, ordered
from backpropagation.models import deep, line, loss, mean_loss, network
from chain_rule.scratch import central_difference
from data.hubble_1929 import x, y
from gradient_descent.scratch import gradient, train


def mean_of_line(w, b):
    return mean_loss(line, (w, b), x, y)


def mean_of_network(*parameters):
    return mean_loss(network, parameters, x, [yi / 1000 for yi in y])


def sample_of_network(*parameters):
    return loss(network(*parameters, 2), 0.85)


OPERATIONS = [
    lambda u, v: u + v,
    lambda u, v: u - v,
    lambda u, v: u * v,
    lambda u, v: u / 3 + v / -7,
    lambda u, v: u**3 - v**-2,
    lambda u, v: (u * v).tanh(),
    lambda u, v: 2 + u + 3 * v - 1,
    lambda u, v: u * u * u + v * u,
]
# the two engines may round a product or a quotient differently
ROUNDING = {"rel": 1e-12, "abs": 1e-15}


def test_the_engine_has_forty_lines():
    _, rest = inspect.getsource(engine).split("# --8<-- [start:value]\n")
    shown, _ = rest.split("# --8<-- [end:value]\n")
    assert len([text for text in shown.splitlines() if text.strip()]) == 40


@pytest.mark.parametrize("f", OPERATIONS)
def test_each_operation_has_the_value_and_slopes_of_torch(f):
    rng = random.Random(0)
    for _ in range(20):
        point = rng.uniform(0.2, 2), rng.uniform(-2, -0.2)
        ours = f(*map(Value, point))
        theirs = f(*(torch.tensor(p, dtype=torch.float64) for p in point))
        assert ours.data == pytest.approx(theirs.item(), **ROUNDING)
        expected = gradients_by_torch(f, *point)
        assert gradients(f, *point) == pytest.approx(expected, **ROUNDING)


@pytest.mark.parametrize(
    ("f", "start"),
    [
        (mean_of_line, (450.0, -40.0)),
        (mean_of_line, (0.0, 0.0)),
        (sample_of_network, (1.0, -1.5, 2.0, -0.5)),
        (mean_of_network, (1.0, 0.0, 1.0, 0.0)),
        (mean_of_network, (-0.3, 0.7, 1.9, -0.2)),
    ],
)
def test_gradients_are_those_of_torch(f, start):
    expected = gradients_by_torch(f, *start)
    assert gradients(f, *start) == pytest.approx(expected, **ROUNDING)


def test_gradients_of_the_mean_are_those_of_the_formula():
    expected = gradient(450.0, -40.0, x, y)
    ours = gradients(mean_of_line, 450.0, -40.0)
    assert ours == pytest.approx(expected, rel=1e-12)


def test_gradients_of_the_network_are_those_by_hand():
    start = 1.0, -1.5, 2.0, -0.5
    _, g, y_hat = scratch.network_forward(*start, 2)
    by_hand = scratch.network_backward(2.0, 2, 0.85, g, y_hat)
    ours = gradients(sample_of_network, *start)
    assert ours == pytest.approx(by_hand, rel=1e-12)


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
        return h * h * u + h**2 / 3

    point = {u: 1.3, v: -0.4}
    expected = [float(sympy.diff(f(u, v), n).subs(point)) for n in names]
    ours = gradients(f, *point.values())
    assert ours == pytest.approx(expected, rel=1e-12)


def test_every_value_comes_after_its_sources_and_only_once():
    root = mean_of_network(*map(Value, (1.0, 0.0, 1.0, 0.0)))
    order = list(ordered(root, set()))
    place = {value: k for k, value in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is root
    for value in order:
        assert all(place[s] < place[value] for s, _ in value.slopes)


def test_backward_twice_gives_the_same_slopes():
    w, b = Value(450.0), Value(-40.0)
    sample_loss = loss(line(w, b, 2), 850)
    for _ in range(2):
        sample_loss.backward()
        assert (w.grad, b.grad) == (20, 10)


def test_fit_walks_the_path_of_gradient_descent():
    ours = 0.0, 0.0
    for epochs in range(1, 301):
        ours = fit(mean_of_line, *ours, epochs=1)
        expected = train(x, y, epochs=epochs)
        assert ours == pytest.approx(expected, rel=1e-11)


def test_the_network_fits_closer_than_the_best_line():
    parameters = fit(mean_of_network, 1.0, 0.0, 1.0, 0.0, lr=1.0)
    bent = mean_of_network(*map(Value, parameters)).data * 1e6
    assert bent < mean_of_line(*np.polyfit(x, y, 1))


def test_a_long_chain_exceeds_our_recursion_but_not_that_of_torch():
    def chain(u):
        for _ in range(5000):
            u = u + 1
        return u

    with pytest.raises(RecursionError):
        gradients(chain, 0.0)
    assert gradients_by_torch(chain, 0.0) == [1.0]


def test_tanh_shrinks_the_slope_over_many_layers():
    def first_slope(layers):
        parameters = [(Value(0.9), Value(0.1)) for _ in range(layers)]
        deep(parameters, Value(2.0)).backward()
        return abs(parameters[0][1].grad)

    slopes = [first_slope(layers) for layers in (1, 5, 20, 50)]
    assert slopes == sorted(slopes, reverse=True)
    assert slopes[-1] < 1e-6 < slopes[0]


def test_the_local_slope_of_tanh_is_never_above_one():
    for u in np.linspace(-3, 3, 61):
        ((_, slope),) = Value(float(u)).tanh().slopes
        assert slope == pytest.approx(1 / math.cosh(u) ** 2)
        assert slope <= 1
