import numpy as np
import pytest
import torch

from automatic_differentiation.engine import Value, gradients, train
from automatic_differentiation.models import mean_loss
from linear_regression.scratch import least_squares
from multilayer_perceptron.scratch import broken_line, random_units, relu

PLACES = [-3, -2, -1, 0, 1, 2, 3]
AWAY = [abs(place) for place in PLACES]


def loss(*parameters):
    return mean_loss(broken_line, parameters, PLACES, AWAY)


def found(seed, epochs=300):
    begin = random_units(4, -3, 3, seed)
    return train(loss, *begin, lr=0.05, epochs=epochs)


def value(parameters):
    return loss(*[Value(p) for p in parameters]).data


def test_the_best_line_through_the_seven_places_is_level():
    assert least_squares(PLACES, AWAY) == pytest.approx((0, 12 / 7))


@pytest.mark.parametrize("u", [-2.0, -0.1, 0.0, 0.3, 5.0])
def test_relu_has_the_value_and_slope_of_torch(u):
    theirs = torch.tensor(u, requires_grad=True)
    torch.relu(theirs).backward()
    assert relu(Value(u)).data == max(u, 0)
    assert gradients(relu, u) == [theirs.grad.item()]


@pytest.mark.parametrize("seed", range(3))
def test_a_broken_line_is_a_sum_of_bent_lines(seed):
    *units, b2 = random_units(5, -1, 1, seed)
    for xi in np.linspace(-2, 2, 9).tolist():
        expected = b2 + sum(
            w2 * max(w1 * xi + b1, 0)
            for w1, b1, w2 in np.reshape(units, (5, 3)).tolist()
        )
        values = [Value(p) for p in [*units, b2]]
        assert broken_line(*values, xi).data == pytest.approx(expected)


def test_its_slopes_are_those_of_torch():
    begin = random_units(4, -3, 3, seed=1)
    values = torch.tensor(begin, dtype=torch.float64, requires_grad=True)
    *units, b2 = values
    w1, b1, w2 = torch.stack(units).reshape(4, 3).T
    at, away = torch.tensor([PLACES, AWAY], dtype=torch.float64)
    y_hat = torch.relu(at[:, None] * w1 + b1) @ w2 + b2
    (((y_hat - away) ** 2).mean() / 2).backward()
    assert gradients(loss, *begin) == pytest.approx(values.grad.tolist())


def test_random_units_have_their_kinks_between_the_bounds():
    *units, b2 = random_units(100, 1, 4)
    w1, b1, w2 = np.reshape(units, (100, 3)).T
    assert ((-b1 / w1 > 1) & (-b1 / w1 < 4)).all()
    assert b2 == 0
    assert w2.var() == pytest.approx(0.01, rel=0.4)


def test_four_units_find_the_absolute_value():
    values = [Value(p) for p in found(0)]
    for place in PLACES:
        assert broken_line(*values, place).data == pytest.approx(
            abs(place), abs=0.05
        )


def test_one_start_comes_down_and_another_is_stuck():
    assert value(found(0, 500)) < 5e-5
    stuck = [value(found(4, epochs)) for epochs in (500, 1000)]
    assert stuck == pytest.approx([0.3714, 0.3714], abs=1e-4)
