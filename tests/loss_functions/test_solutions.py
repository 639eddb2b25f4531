import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from loss_functions.scratch import absolute, best_constant, squared
from loss_functions.solutions import (
    huber,
    least_absolute_line,
    median,
    total_gap,
)

FAR = y[-5:]
TYPED = [*y[:-1], 10900]


@pytest.mark.parametrize("count", [1, 2, 5, 8, 24])
def test_the_median_is_numpys(count):
    assert median(y[:count]) == np.median(y[:count])


@pytest.mark.parametrize("count", range(1, 10))
def test_the_median_of_random_numbers_is_numpys(count):
    values = list(np.random.default_rng(count).normal(size=count))
    assert median(values) == np.median(values)


def test_a_typing_error_moves_the_mean_and_not_the_median():
    typed = [*FAR[:-1], 10900]
    assert median(FAR) == median(typed) == 850
    assert (np.mean(FAR), np.mean(typed)) == (840, 2802)


@pytest.mark.parametrize("gap", [-500, -100, -3, 0, 50, 99, 101, 1e4])
def test_hubers_loss_is_torchs(gap):
    expected = torch.nn.functional.huber_loss(
        torch.tensor(gap, dtype=torch.float64),
        torch.tensor(0, dtype=torch.float64),
        delta=100,
    )
    assert huber(gap, 0) == pytest.approx(expected.item(), rel=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_hubers_loss_is_torchs_for_random_arguments(seed):
    rng = np.random.default_rng(seed)
    z, y = rng.normal(size=2)
    # Below and above the gap in turn.
    kappa = abs(z - y) * (0.5 if seed % 2 else 1.5)
    expected = torch.nn.functional.huber_loss(
        torch.tensor(z), torch.tensor(y), delta=kappa
    )
    assert huber(z, y, kappa) == pytest.approx(expected.item(), rel=1e-12)


def test_hubers_pieces_meet_without_a_corner():
    h = 1e-6
    left = (huber(100, 0) - huber(100 - h, 0)) / h
    right = (huber(100 + h, 0) - huber(100, 0)) / h
    assert huber(100, 0) == 5000
    assert left == pytest.approx(right, abs=1e-5)
    assert right == pytest.approx(100, abs=1e-5)


def test_hubers_best_constant_withstands_the_typing_error():
    typed = [*FAR[:-1], 10900]
    for values in (FAR, typed):
        assert best_constant(huber, range(11000), values) == 870
    assert best_constant(squared, range(11000), typed) == 2802
    assert best_constant(absolute, range(11000), typed) == 850


def test_the_least_absolute_line_ignores_the_typing_error():
    assert least_absolute_line(x, y) == pytest.approx((4000 / 9, -350 / 9))
    assert least_absolute_line(x, TYPED) == least_absolute_line(x, y)
    assert np.polyfit(x, TYPED, deg=1)[0] == pytest.approx(1568.54, abs=5e-3)


@pytest.mark.parametrize("seed", range(5))
def test_the_total_gap_is_numpys(seed):
    rng = np.random.default_rng(seed)
    w, b = rng.normal(size=2)
    x, y = rng.normal(size=(2, 7))
    expected = np.abs(w * x + b - y).sum()
    assert total_gap(w, b, x, y) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_least_absolute_line_is_the_best_of_all(seed):
    # The total gap is convex, so lowest nearby is lowest everywhere.
    x, y = np.random.default_rng(seed).normal(size=(2, 7))
    w, b = least_absolute_line(x, y)
    best = total_gap(w, b, x, y)
    for dw, db in 0.1 * np.random.default_rng(seed).normal(size=(200, 2)):
        assert best <= total_gap(w + dw, b + db, x, y) + 1e-12


@pytest.mark.parametrize("values", [y, TYPED])
def test_no_line_around_the_least_absolute_one_is_better(values):
    # The total gap is convex, so lowest nearby is lowest everywhere.
    w, b = least_absolute_line(x, values)
    best = total_gap(w, b, x, values)
    for angle in np.linspace(0, 2 * np.pi, 360):
        dw, db = 0.01 * np.cos(angle), 0.01 * np.sin(angle)
        assert best <= total_gap(w + dw, b + db, x, values) + 1e-9
