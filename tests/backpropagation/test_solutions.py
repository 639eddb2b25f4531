import pytest
import sympy
import torch

from backpropagation.engine import Value, gradients
from backpropagation.models import mean_loss, network
from backpropagation.solutions import f, fit_network, inner, log_loss, slopes
from chain_rule.solutions import log_loss_slopes
from data.hubble_1929 import x, y

thousands = [yi / 1000 for yi in y]


def test_slopes_by_hand_are_what_sympy_derives():
    w, b = sympy.symbols("w b")
    dw, db = slopes(w, b)
    assert sympy.expand(dw - sympy.diff(f(w, b), w)) == 0
    assert sympy.expand(db - sympy.diff(f(w, b), b)) == 0


def test_the_engine_finds_the_numbers_of_the_walk():
    assert (inner(3, 1), f(3, 1)) == (6, 36)
    assert slopes(3, 1) == (24, 36)
    assert gradients(f, 3.0, 1.0) == [24, 36]


@pytest.mark.parametrize("c", [0, 1])
def test_log_loss_has_the_value_and_slopes_of_torch_and_of_the_formula(c):
    ours = gradients(lambda w, b: log_loss(w, b, 2, c), 0.5, -1.5)
    assert ours == pytest.approx(log_loss_slopes(0.5, -1.5, 2, c), rel=1e-12)
    w = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(-1.5, dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(
        w * 2 + b, torch.tensor(float(c), dtype=torch.float64)
    )
    loss.backward()
    value = log_loss(Value(0.5), Value(-1.5), 2, c).data
    assert value == pytest.approx(loss.item(), rel=1e-12)
    assert ours == pytest.approx([w.grad.item(), b.grad.item()], rel=1e-12)


def test_from_zero_only_the_last_bias_moves():
    *still, b2 = fit_network((0.0, 0.0, 0.0, 0.0), x, thousands)
    assert still == [0, 0, 0]
    assert b2 == pytest.approx(sum(thousands) / 24)


def test_from_nearly_zero_the_network_learns():
    parameters = fit_network((0.001, 0.0, 0.001, 0.0), x, thousands)
    values = [Value(p) for p in parameters]
    loss = mean_loss(network, values, x, thousands).data * 1e6
    assert loss < 24863  # that of the best line
