from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from loss_functions.scratch import (
    absolute,
    best_constant,
    log_loss,
    log_loss_with_logits,
    mean,
    mean_squared,
    on_all,
    sigmoid,
    squared,
    sum_of_squares,
)

FAR = y[-5:]
LABELS = [int(yi > 0) for yi in y]
Z = [450 * xi - 40 for xi in x]


def slope(f, at, h=1e-6):
    return (f(at + h) - f(at - h)) / (2 * h)


def exact_log_loss(u, label):
    """Return the log loss of sigmoid(u) to 60 digits."""
    with localcontext() as context:
        context.prec = 250
        a = 1 / (1 + Decimal(-u).exp())
        return float(-(a if label else 1 - a).ln())


def test_absolute_and_squared_see_only_the_size_of_the_gap():
    rng = np.random.default_rng(0)
    for z, v in ((0, 0), (10, 0), (100, 0), *rng.normal(size=(20, 2))):
        gap = max(z, v) - min(z, v)
        assert absolute(z, v) == absolute(v, z) == pytest.approx(gap)
        assert squared(z, v) == squared(v, z) == pytest.approx(gap * gap / 2)


def test_the_slope_of_the_squared_loss_is_the_gap():
    # The half and the 2 of the square cancel; rounding leaves 1e-9.
    for z, v in np.random.default_rng(0).normal(size=(20, 2)):
        found = slope(lambda c, v=v: squared(c, v), z)
        assert found == pytest.approx(z - v, abs=1e-7)


def test_the_log_loss_is_minus_the_log_of_what_happened():
    for a in (0.01, 0.5, 0.9, *np.random.default_rng(0).uniform(size=20)):
        assert np.exp(-log_loss(a, 1)) == pytest.approx(a)
        assert np.exp(-log_loss(a, 0)) == pytest.approx(1 - a)


def test_the_log_loss_is_binary_cross_entropy():
    rng = np.random.default_rng(0)
    for a, label in rng.uniform(size=(20, 2)):
        expected = torch.nn.functional.binary_cross_entropy(
            torch.tensor(a), torch.tensor(label)
        )
        assert log_loss(a, label) == pytest.approx(expected.item(), rel=1e-12)


def test_log_losses_add_up_to_the_log_of_a_product():
    a = np.linspace(0.2, 0.9, 24)
    happened = np.where(np.array(LABELS) == 1, a, 1 - a)
    total = sum(log_loss(ai, yi) for ai, yi in zip(a, LABELS, strict=True))
    assert np.exp(-total) == pytest.approx(happened.prod(), rel=1e-12)


@pytest.mark.parametrize("n", [1, 5, 24])
def test_the_loss_is_a_mean_with_a_half(n):
    random = np.random.default_rng(n).normal(size=(2, n))
    for z, v in ((Z, y), random):
        assert mean(z) == pytest.approx(np.mean(z), rel=1e-12)
        gaps = np.array(z) - np.array(v)
        assert mean_squared(z, v) == pytest.approx(
            np.mean(gaps**2) / 2, rel=1e-12
        )
        assert sum_of_squares(z, v) == pytest.approx(gaps @ gaps, rel=1e-12)


def test_the_sum_of_squares_is_2_n_times_the_loss():
    assert sum_of_squares(Z, y) == pytest.approx(2 * 24 * mean_squared(Z, y))


def test_the_root_mean_square_is_above_the_mean_size_of_a_residual():
    gaps = np.abs(np.array(Z) - np.array(y))
    assert (2 * mean_squared(Z, y)) ** 0.5 == pytest.approx(223, abs=0.5)
    assert mean([absolute(zi, yi) for zi, yi in zip(Z, y, strict=True)]) == (
        pytest.approx(gaps.mean())
    )
    assert gaps.mean() == pytest.approx(178, abs=0.5)
    assert (gaps < 200).sum() == 14


def test_repeated_data_double_the_sum_and_keep_the_mean():
    assert mean_squared(Z + Z, y + y) == pytest.approx(
        mean_squared(Z, y), rel=1e-12
    )
    assert sum_of_squares(Z + Z, y + y) == pytest.approx(
        2 * sum_of_squares(Z, y), rel=1e-12
    )


def test_the_best_constant_for_the_squared_loss_is_the_mean():
    assert best_constant(squared, range(1501), FAR) == np.mean(FAR) == 840


def test_completing_the_square_gives_the_mean():
    for c in (0, 700, 1000):
        rest = (c - mean(FAR)) ** 2 / 2
        assert on_all(squared, c, FAR) == pytest.approx(
            rest + on_all(squared, mean(FAR), FAR)
        )


def test_the_best_constant_for_the_absolute_loss_is_the_median():
    assert best_constant(absolute, range(1501), FAR) == 850
    assert np.median(FAR) == 850


def test_a_move_pays_one_for_each_number_on_the_other_side():
    move = on_all(absolute, 821, FAR) - on_all(absolute, 820, FAR)
    assert 5 * move == pytest.approx(2 - 3)


def test_the_best_probability_for_the_log_loss_is_the_frequency():
    fractions = [k / 1000 for k in range(1, 1000)]
    assert mean(LABELS) == 19 / 24
    # The nearest of the grid is at most half a step away.
    assert best_constant(log_loss, fractions, LABELS) == pytest.approx(
        19 / 24, abs=5e-4
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_best_constants_are_mean_median_and_frequency_of_any_data(seed):
    rng = np.random.default_rng(seed)
    values = [int(v) for v in rng.integers(0, 100, size=7)]
    labels = [int(v) for v in rng.integers(0, 2, size=9)] + [0, 1]
    assert best_constant(absolute, range(101), values) == np.median(values)
    assert best_constant(squared, range(101), values) == pytest.approx(
        np.mean(values), abs=0.5
    )
    fractions = [k / 100 for k in range(1, 100)]
    assert best_constant(log_loss, fractions, labels) == pytest.approx(
        np.mean(labels), abs=5e-3 + 1e-12
    )


def test_the_mean_log_loss_has_the_slope_of_the_derivation():
    for a in (0.3, 19 / 24, 0.95):
        expected = (a - mean(LABELS)) / (a * (1 - a))
        found = slope(lambda p: on_all(log_loss, p, LABELS), a)
        assert found == pytest.approx(expected, abs=1e-7)


def test_a_far_number_moves_the_mean_and_not_the_median():
    typed = [*FAR[:-1], 10900]
    assert best_constant(absolute, range(11000), typed) == 850
    assert best_constant(squared, range(11000), typed) == 2802


@pytest.mark.parametrize(("a", "label"), [(1.0, 0), (0.0, 1), (1.0, 1)])
def test_pitfall_a_certain_model_has_no_log_loss(a, label):
    with pytest.raises(ValueError, match=r"math domain error|positive"):
        log_loss(a, label)


def test_pitfall_the_sigmoid_rounds_to_1():
    assert sigmoid(36) < 1
    assert sigmoid(40) == 1
    with pytest.raises(ValueError, match=r"math domain error|positive"):
        log_loss(sigmoid(40), 0)


def test_the_sigmoid_mirrors_itself():
    for u in (-3, 0, 0.5, 7, *np.random.default_rng(0).normal(size=20)):
        assert sigmoid(u) + sigmoid(-u) == pytest.approx(1)
        expected = torch.sigmoid(torch.tensor(float(u), dtype=torch.float64))
        assert sigmoid(u) == pytest.approx(expected.item(), rel=1e-12)


@pytest.mark.parametrize("u", [-200, -40, -1, 0, 0.5, 1.7, -2.3, 20, 40, 200])
@pytest.mark.parametrize("label", [0, 1])
def test_with_logits_the_log_loss_is_exact_everywhere(u, label):
    # Good to the last digits of a float, compared with 250 digits.
    assert log_loss_with_logits(u, label) == pytest.approx(
        exact_log_loss(u, label), rel=1e-14
    )


def test_with_logits_nothing_overflows():
    assert log_loss_with_logits(1e6, 0) == 1e6
    assert log_loss_with_logits(-1e6, 0) == 0
