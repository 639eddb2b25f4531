import numpy as np
import pytest

from backpropagation.pitfalls import backward_from_the_input, train_overwriting
from backpropagation.scratch import (
    network_backward,
    network_forward,
    train,
)
from data.hubble_1929 import x, y


def test_overwriting_heeds_the_last_nebula_only():
    w, b = train_overwriting(x, y)
    assert w * x[-1] + b == pytest.approx(y[-1])
    # only one share of 1/24, always in the direction (x, 1)
    assert w == pytest.approx(b * x[-1])
    assert abs(b - train(x, y)[1]) > 200


def test_overwriting_is_right_where_there_is_one_sample():
    rng = np.random.default_rng(0)
    for xi, yi in rng.uniform(0.1, 1, size=(5, 2)):
        expected = train([xi], [yi], epochs=7)
        assert train_overwriting([xi], [yi], epochs=7) == pytest.approx(
            expected
        )


def test_from_the_input_only_the_slopes_before_tanh_are_wrong():
    rng = np.random.default_rng(1)
    for w1, b1, w2, b2, xi, yi in rng.normal(size=(10, 6)):
        u, g, y_hat = network_forward(w1, b1, w2, b2, xi)
        wrong = backward_from_the_input(w2, xi, yi, u, g, y_hat)
        right = network_backward(w2, xi, yi, g, y_hat)
        assert wrong[2:] == pytest.approx(right[2:])
        factor = (1 - u**2) / (1 - g**2)
        expected = [factor * slope for slope in right[:2]]
        assert wrong[:2] == pytest.approx(expected)


def trained(parameters, lr, epochs, *, is_wrong):
    """Yield the parameters and the loss after each epoch."""
    for _ in range(epochs):
        slopes, squares = np.zeros(4), 0
        for xi, yi in zip(x, y, strict=True):
            u, g, y_hat = network_forward(*parameters, xi)
            known = parameters[2], xi, yi / 1000
            slopes += (
                backward_from_the_input(*known, u, g, y_hat)
                if is_wrong
                else network_backward(*known, g, y_hat)
            )
            squares += (y_hat - yi / 1000) ** 2
        yield parameters, squares / (2 * len(x))
        parameters = parameters - lr * slopes / len(x)


def test_from_some_starts_the_loss_falls_as_with_the_right_slope():
    start = np.array([1.0, 0, 1, 0])
    right, wrong = (
        [loss for _, loss in trained(start, 0.5, 300, is_wrong=is_wrong)]
        for is_wrong in (False, True)
    )
    assert (np.diff(wrong) < 0).all()
    assert wrong[-1] == pytest.approx(right[-1], rel=0.02)


@pytest.mark.parametrize("lr", [0.05, 0.1, 0.5])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # it overflows
def test_from_the_numbers_of_the_chapter_training_runs_away(lr):
    start = np.array([1.0, -1.5, 2, -0.5])
    largest = {
        is_wrong: max(
            abs(parameters[0])
            for parameters, _ in trained(start, lr, 100, is_wrong=is_wrong)
        )
        for is_wrong in (False, True)
    }
    assert largest[False] < 2 < 100 < largest[True]


def test_at_the_numbers_of_the_chapter_it_is_off_by_less_than_5_percent():
    u, g, y_hat = network_forward(1.0, -1.5, 2.0, -0.5, 2)
    wrong = backward_from_the_input(2.0, 2, 0.85, u, g, y_hat)[0]
    right = network_backward(2.0, 2, 0.85, g, y_hat)[0]
    assert 0.04 < 1 - wrong / right < 0.05
