import numpy as np
import pytest
import sympy
import torch

from chain_rule.pitfalls import slopes_without_the_inner_factor
from chain_rule.scratch import central_difference, slopes
from chain_rule.solutions import (
    agrees,
    log_loss,
    log_loss_slopes,
    probability,
    twice,
    twice_slopes,
)
from data.hubble_1929 import x, y
from loss_functions import scratch as loss_functions

RANDOM = np.random.default_rng(0).normal(size=(8, 3)).tolist()


def test_agrees_passes_the_right_slopes_on_every_nebula():
    rng = np.random.default_rng(1)
    for w, b in rng.normal(scale=300, size=(5, 2)):
        nebulae = zip(x, y, strict=True)
        assert all(agrees(slopes, w, b, *nebula) for nebula in nebulae)


def test_agrees_catches_a_slope_that_is_off_by_a_millionth_or_two():
    def off(w, b, xi, yi):
        dw, db = slopes(w, b, xi, yi)
        return dw * (1 + 3e-6), db

    assert not agrees(off, 450, -40, 2, 850)


def test_agrees_catches_the_wrong_ones_on_all_but_nebula_16():
    hidden = [
        number
        for number, nebula in enumerate(zip(x, y, strict=True), start=1)
        if agrees(slopes_without_the_inner_factor, 450, -40, *nebula)
    ]
    assert hidden == [16]
    assert (x[15], y[15]) == (1, 920)


@pytest.mark.parametrize("yi", [0, 1])
@pytest.mark.parametrize(("w", "b", "xi"), RANDOM)
def test_log_loss_is_that_of_the_chapter_on_losses(w, b, xi, yi):
    a = probability(w, b, xi)
    assert a == pytest.approx(loss_functions.sigmoid(w * xi + b))
    expected = loss_functions.log_loss(a, yi)
    assert log_loss(w, b, xi, yi) == pytest.approx(expected)


@pytest.mark.parametrize("yi", [0, 1])
@pytest.mark.parametrize(("w", "b", "xi"), RANDOM)
def test_log_loss_slopes_agree_with_torch(w, b, xi, yi):
    w_, b_ = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True)
        for v in (w, b)
    )
    target = torch.tensor(float(yi), dtype=torch.float64)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(
        w_ * xi + b_, target
    )
    expected = [g.item() for g in torch.autograd.grad(loss, (w_, b_))]
    assert log_loss_slopes(w, b, xi, yi) == pytest.approx(expected)


@pytest.mark.parametrize("yi", [0, 1])
@pytest.mark.parametrize(("w", "b", "xi"), RANDOM)
def test_the_slope_is_prediction_minus_class_times_known_data(w, b, xi, yi):
    a = probability(w, b, xi)
    expected = ((a - yi) * xi, a - yi)
    assert log_loss_slopes(w, b, xi, yi) == pytest.approx(expected)


def test_twice_slopes_are_what_sympy_derives():
    w, b, xi = sympy.symbols("w b x")
    dw, db = twice_slopes(w, b, xi)
    assert sympy.expand(dw - sympy.diff(twice(w, b, xi), w)) == 0
    assert sympy.expand(db - sympy.diff(twice(w, b, xi), b)) == 0


def test_twice_slopes_at_the_point_of_the_exercise():
    assert twice_slopes(3, 1, 2) == (13, 4)
    assert central_difference(lambda w: twice(w, 1, 2), 3) == pytest.approx(13)
    assert central_difference(lambda b: twice(3, b, 2), 1) == pytest.approx(4)
