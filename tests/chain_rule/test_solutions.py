import pytest
import sympy
import torch

from chain_rule.pitfalls import slopes_without_the_inner_factor
from chain_rule.scratch import central_difference, slopes
from chain_rule.solutions import (
    agrees,
    log_loss_slopes,
    probability_and_loss,
    twice,
    twice_slopes,
)
from data.hubble_1929 import x, y
from loss_functions.scratch import log_loss, sigmoid


def test_agrees_passes_the_right_slopes_on_every_nebula():
    nebulae = zip(x, y, strict=True)
    assert all(agrees(slopes, 450, -40, *nebula) for nebula in nebulae)


def test_agrees_catches_the_wrong_ones_on_all_but_nebula_16():
    hidden = [
        number
        for number, nebula in enumerate(zip(x, y, strict=True), start=1)
        if agrees(slopes_without_the_inner_factor, 450, -40, *nebula)
    ]
    assert hidden == [16]
    assert (x[15], y[15]) == (1, 920)


@pytest.mark.parametrize("c", [0, 1])
def test_probability_and_loss_are_those_of_the_chapter_on_losses(c):
    a, j = probability_and_loss(0.5, -1.5, 2, c)
    assert a == pytest.approx(sigmoid(-0.5))
    assert j == pytest.approx(log_loss(a, c))


@pytest.mark.parametrize("c", [0, 1])
def test_log_loss_slopes_agree_with_torch(c):
    w = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(-1.5, dtype=torch.float64, requires_grad=True)
    target = torch.tensor(float(c), dtype=torch.float64)
    j = torch.nn.functional.binary_cross_entropy_with_logits(w * 2 + b, target)
    expected = [g.item() for g in torch.autograd.grad(j, (w, b))]
    assert log_loss_slopes(0.5, -1.5, 2, c) == pytest.approx(expected)


def test_the_slope_of_the_log_loss_is_prediction_minus_class_times_input():
    a, _ = probability_and_loss(0.5, -1.5, 2, 1)
    expected = ((a - 1) * 2, a - 1)
    assert log_loss_slopes(0.5, -1.5, 2, 1) == pytest.approx(expected)


def test_twice_slopes_are_what_sympy_derives():
    w, b, r = sympy.symbols("w b r")
    dw, db = twice_slopes(w, b, r)
    assert sympy.expand(dw - sympy.diff(twice(w, b, r), w)) == 0
    assert sympy.expand(db - sympy.diff(twice(w, b, r), b)) == 0


def test_twice_slopes_at_the_point_of_the_exercise():
    assert twice_slopes(3, 1, 2) == (13, 4)
    assert central_difference(lambda w: twice(w, 1, 2), 3) == pytest.approx(13)
    assert central_difference(lambda b: twice(3, b, 2), 1) == pytest.approx(4)
