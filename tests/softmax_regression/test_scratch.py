import math

import numpy as np
import pytest
import torch

from softmax_regression import scratch
from softmax_regression.scratch import (
    cross_entropy,
    gradient,
    log_loss,
    log_sum_exp,
    logits,
    loss,
    predict,
    softmax,
    train,
)

# Sums of some numbers in another order: equal to rounding.
REL = 1e-12


@pytest.fixture(params=range(4))
def case(request):
    """Random parameters and samples: 5 features, 3 classes, 7 samples."""
    rng = np.random.default_rng(request.param)
    W, b, X = rng.normal(size=(5, 3)), rng.normal(size=3), rng.random((7, 5))
    y = rng.integers(0, 3, 7)
    return [each.tolist() for each in (W, b, X, y)]


@pytest.mark.parametrize("seed", range(5))
def test_softmax_is_torchs(seed):
    u = np.random.default_rng(seed).normal(0, 3, seed + 2)
    expected = torch.softmax(torch.tensor(u), 0).tolist()
    assert softmax(u.tolist()) == pytest.approx(expected, rel=REL)


def test_its_jacobian_is_sympys():
    import sympy

    u = sympy.symbols("u1:4")
    total = sum(map(sympy.exp, u))
    p = [sympy.exp(each) / total for each in u]
    for k in range(3):
        for m in range(3):
            ours = p[k] * (sympy.KroneckerDelta(k, m) - p[m])
            assert sympy.simplify(sympy.diff(p[k], u[m]) - ours) == 0


def test_with_two_classes_it_is_the_sigmoid():
    from loss_functions.scratch import sigmoid

    for u, v in np.random.default_rng(0).normal(0, 3, (10, 2)).tolist():
        p = softmax([u, v])
        assert p == pytest.approx([sigmoid(u - v), sigmoid(v - u)], rel=REL)


def test_large_logits_overflow_it_and_not_the_cross_entropy():
    with pytest.raises(OverflowError):
        softmax([1000.0, 999.0])
    expected = math.log(1 + math.exp(-1))
    assert cross_entropy([1000.0, 999.0], 0) == pytest.approx(expected)
    assert cross_entropy([-1000.0, -1001.0], 0) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_the_cross_entropy_is_torchs_and_the_log_loss_of_softmax(seed):
    rng = np.random.default_rng(seed)
    u, y = rng.normal(0, 3, 6), int(rng.integers(0, 6))
    expected = torch.nn.functional.cross_entropy(
        torch.tensor(u), torch.tensor(y)
    ).item()
    assert cross_entropy(u.tolist(), y) == pytest.approx(expected, rel=REL)
    assert log_loss(softmax(u.tolist()), y) == pytest.approx(expected, rel=REL)


def test_log_sum_exp_is_torchs():
    u = [3.0, -2.0, 700.0, 710.5]
    expected = torch.logsumexp(torch.tensor(u, dtype=torch.float64), 0).item()
    assert log_sum_exp(u) == pytest.approx(expected, rel=REL)


@pytest.mark.parametrize("y", [-1, 3, 10])
def test_a_target_that_is_no_class_raises_what_torch_raises(y):
    with pytest.raises(IndexError) as theirs:
        torch.nn.functional.cross_entropy(torch.zeros(3), torch.tensor(y))
    with pytest.raises(IndexError) as ours:
        cross_entropy([0.0, 0.0, 0.0], y)
    assert str(ours.value) == str(theirs.value)


@pytest.mark.parametrize("K", [2, 3, 10])
def test_the_first_loss_is_log_k(K):
    W, b, X = [[0.0] * K] * 4, [0.0] * K, [[1.0, 2.0, 3.0, 4.0]] * 5
    assert loss(W, b, X, [1] * 5) == pytest.approx(math.log(K), rel=REL)


def test_logits_are_those_of_a_matrix_product(case):
    W, b, X, _ = case
    expected = np.array(X) @ np.array(W) + b
    assert np.allclose([logits(W, b, x) for x in X], expected, rtol=REL)
    assert [predict(W, b, x) for x in X] == expected.argmax(1).tolist()


def test_the_gradient_is_that_of_central_differences(case):
    W, b, X, y = case
    dW, db = gradient(W, b, X, y)
    delta = 1e-5  # rounding and curvature both leave about ten digits
    for k in range(3):
        for j in range(6):
            values = []
            for sign in (1, -1):
                moved, shifted = [list(row) for row in W], list(b)
                if j < 5:
                    moved[j][k] += sign * delta
                else:
                    shifted[k] += sign * delta
                values.append(loss(moved, shifted, X, y))
            slope = (values[0] - values[1]) / (2 * delta)
            ours = dW[j][k] if j < 5 else db[k]
            assert ours == pytest.approx(slope, abs=1e-9)


def test_the_gradient_is_torchs(case):
    W, b, X, y = case
    V, c = (torch.tensor(v, requires_grad=True).double() for v in (W, b))
    V.retain_grad(), c.retain_grad()
    U = torch.tensor(X, dtype=torch.float64) @ V + c
    torch.nn.functional.cross_entropy(U, torch.tensor(y)).backward()
    W, b = V.tolist(), c.tolist()
    dW, db = gradient(W, b, X, y)
    assert np.allclose(dW, V.grad, rtol=0, atol=1e-14)
    assert np.allclose(db, c.grad, rtol=0, atol=1e-14)


def test_training_goes_down_the_gradient(case):
    _, _, X, y = case
    W, b = train(X, y, K=3, lr=0.3, epochs=2)
    start = [[0.0] * 3] * 5, [0.0] * 3
    for _ in range(2):
        dW, db = gradient(*start, X, y)
        start = (
            (np.array(start[0]) - 0.3 * np.array(dW)).tolist(),
            (np.array(start[1]) - 0.3 * np.array(db)).tolist(),
        )
    assert np.allclose(W, start[0], rtol=REL)
    assert np.allclose(b, start[1], rtol=REL)


def test_the_defaults_are_ten_classes_and_a_hundred_epochs(case):
    _, _, X, y = case
    assert train(X, y) == scratch.train(X, y, K=10, lr=0.5, epochs=100)
