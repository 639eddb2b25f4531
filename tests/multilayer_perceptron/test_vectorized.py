from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from multilayer_perceptron.vectorized import (
    accuracy,
    forward,
    gradient,
    start,
    train,
)
from softmax_regression.vectorized import cross_entropy, one_hot, split

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))


@pytest.fixture(params=range(4))
def case(request):
    """Parameters, and seven samples of five features in three classes."""
    rng = np.random.default_rng(request.param)
    parameters = [rng.normal(size=p.shape) for p in start(5, 4, 3, rng)]
    return parameters, rng.normal(size=(7, 5)), rng.integers(0, 3, 7)


def loss(parameters, X, y):
    *_, Z = forward(*parameters, X)
    return cross_entropy(Z, one_hot(y, Z.shape[1]))


def test_each_layer_has_the_shape_that_the_comments_say(case):
    parameters, X, _ = case
    assert [p.shape for p in parameters] == [(5, 4), (4,), (4, 3), (3,)]
    U, G, Z = forward(*parameters, X)
    assert (U.shape, G.shape, Z.shape) == ((7, 4), (7, 4), (7, 3))
    assert np.array_equal(G, np.where(U > 0, U, 0))


def test_loss_and_gradient_are_those_of_torch(case):
    parameters, X, y = case
    W1, b1, W2, b2 = theirs = [
        torch.tensor(p, requires_grad=True) for p in parameters
    ]
    Z = torch.relu(torch.tensor(X) @ W1 + b1) @ W2 + b2
    value = torch.nn.functional.cross_entropy(Z, torch.tensor(y))
    value.backward()
    assert loss(parameters, X, y) == pytest.approx(value.item(), rel=1e-12)
    slopes = gradient(*parameters, X, one_hot(y, 3))
    for ours, p in zip(slopes, theirs, strict=True):
        # sums of a few numbers in another order
        assert np.allclose(ours, p.grad, rtol=0, atol=1e-14)


def test_the_gradient_is_that_of_central_differences(case):
    parameters, X, y = case
    slopes = gradient(*parameters, X, one_hot(y, 3))
    delta = 1e-6  # small enough that no unit passes its kink
    for k, ours in enumerate(slopes):
        for place in np.ndindex(ours.shape):
            values = []
            for sign in (1, -1):
                moved = [p.copy() for p in parameters]
                moved[k][place] += sign * delta
                values.append(loss(moved, X, y))
            nudged = (values[0] - values[1]) / (2 * delta)
            assert ours[place] == pytest.approx(nudged, abs=1e-8)


def test_a_step_goes_down_the_gradient(case):
    _, X, y = case
    begin = start(5, 4, 3, np.random.default_rng(1))
    after = train(X, y, 4, 3, lr=0.3, epochs=1, batch_size=7, seed=1)
    slopes = gradient(*begin, X, one_hot(y, 3))
    for p, s, found in zip(begin, slopes, after, strict=True):
        assert np.allclose(found, p - 0.3 * s, rtol=0, atol=1e-14)


@pytest.mark.parametrize("wrong", [-1, 3])
def test_labels_that_are_no_class_raise_what_torch_raises(case, wrong):
    _, X, y = case
    y = np.r_[y[:-1], wrong]
    with pytest.raises(IndexError) as theirs:
        torch.nn.functional.cross_entropy(torch.zeros(7, 3), torch.tensor(y))
    with pytest.raises(IndexError) as ours:
        train(X, y, K=3)
    assert str(ours.value) == str(theirs.value)


def test_shapes_that_do_not_fit_raise_the_error_that_torch_raises(case):
    parameters, X, y = case
    for few in (y[:3], np.r_[y, y]):
        with pytest.raises(ValueError, match="batch_size"):
            torch.nn.functional.cross_entropy(
                torch.zeros(7, 3), torch.tensor(few)
            )
        with pytest.raises(ValueError, match=f"7 rows, but {len(few)} targ"):
            train(X, few, K=3)
    with pytest.raises(ValueError, match=r"\(7, 3\).*\(1, 3\)"):
        gradient(*parameters, X, one_hot(y[:1], 3))
    with pytest.raises(ValueError, match="mismatch"):
        gradient(*parameters, X[:, :4], one_hot(y, 3))


def test_nothing_is_computed_from_the_rows_held_out():
    rng = np.random.default_rng(0)
    other, labels = X.copy(), y.copy()
    other[1287:] = rng.random((510, 64))
    labels[1287:] = rng.permutation(labels[1287:])
    fitted = train(*split(X, y)[:2], epochs=2)
    again = train(*split(other, labels)[:2], epochs=2)
    for p, q in zip(fitted, again, strict=True):
        assert np.array_equal(p, q)


def test_a_first_loss_is_near_log_10():
    for seed in range(5):
        parameters = start(64, 32, 10, np.random.default_rng(seed))
        assert abs(loss(parameters, X, y) - np.log(10)) < 0.3


def test_accuracy_is_the_share_of_right_guesses():
    b2 = np.eye(10)[3]
    parameters = np.zeros((64, 8)), np.zeros(8), np.zeros((8, 10)), b2
    assert accuracy(parameters, X, y) == (y == 3).mean()
