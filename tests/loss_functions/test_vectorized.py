import numpy as np
import pytest

from data.hubble_1929 import x, y
from loss_functions import scratch
from loss_functions.vectorized import mean_absolute, mean_log, mean_squared

V = np.array(y)
Z = 450 * np.array(x) - 40
LABELS = (V > 0).astype(float)
A = np.linspace(0.05, 0.95, 24)
# The same sums in another order.
REL = 1e-12


def on_all(one, z, y):
    return sum(one(zi, yi) for zi, yi in zip(z, y, strict=True)) / len(y)


@pytest.mark.parametrize(
    ("all_at_once", "one", "z", "y"),
    [
        (mean_absolute, scratch.absolute, Z, V),
        (mean_squared, scratch.squared, Z, V),
        (mean_log, scratch.log_loss, A, LABELS),
    ],
)
def test_each_is_the_mean_of_the_loss_on_one_sample(all_at_once, one, z, y):
    assert all_at_once(z, y) == pytest.approx(on_all(one, z, y), rel=REL)


@pytest.mark.parametrize("n", [1, 5, 30])
def test_each_is_that_mean_for_random_arguments(n):
    rng = np.random.default_rng(n)
    z, y = rng.normal(size=(2, n))
    a, labels = rng.uniform(size=n), rng.integers(0, 2, size=n)
    for all_at_once, one in (
        (mean_absolute, scratch.absolute),
        (mean_squared, scratch.squared),
    ):
        assert all_at_once(z, y) == pytest.approx(on_all(one, z, y), rel=REL)
    assert mean_log(a, labels) == pytest.approx(
        on_all(scratch.log_loss, a, labels), rel=REL
    )


def test_the_squared_one_is_the_loss_of_the_book():
    assert mean_squared(Z, V) == pytest.approx(
        scratch.mean_squared(Z, V), rel=REL
    )


def test_a_constant_meets_every_value():
    assert mean_squared(840, V) == mean_squared(np.full(24, 840), V)
    assert mean_log(19 / 24, LABELS) == pytest.approx(
        scratch.on_all(scratch.log_loss, 19 / 24, LABELS), rel=REL
    )


def test_pitfall_numpy_only_warns_of_the_logarithm_of_0():
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        assert mean_log(np.array([1.0]), np.array([0.0])) == np.inf
