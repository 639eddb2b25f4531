import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from loss_functions import concise, scratch, vectorized

V = np.array(y, dtype=float)
Z = 450 * np.array(x) - 40
LABELS = (V > 0).astype(float)
A = np.linspace(0.05, 0.95, 24)
# float64 sums in another order.
REL = 1e-12


@pytest.mark.parametrize(
    ("name", "z", "y"),
    [
        ("mean_absolute", Z, V),
        ("mean_squared", Z, V),
        ("mean_log", A, LABELS),
    ],
)
def test_each_agrees_with_numpy(name, z, y):
    found = getattr(concise, name)(torch.tensor(z), torch.tensor(y))
    assert found.item() == pytest.approx(
        getattr(vectorized, name)(z, y), rel=REL
    )


def test_mse_loss_has_no_half():
    z, v = torch.tensor(Z), torch.tensor(V)
    mse = torch.nn.functional.mse_loss(z, v).item()
    assert mse == pytest.approx(2 * scratch.mean_squared(Z, V), rel=REL)


def test_pitfall_the_loss_of_probabilities_stops_at_100():
    u, label = torch.tensor([20.0, 40.0, 200.0]), torch.zeros(())
    for k in u:
        assert concise.mean_log(torch.sigmoid(k), label).item() == 100


def test_pitfall_the_slope_of_a_saturated_sigmoid_is_exactly_0():
    u = torch.tensor([20.0, 40.0, 200.0], requires_grad=True)
    for k in u:
        concise.mean_log(torch.sigmoid(k), torch.zeros(())).backward()
    assert u.grad.tolist() == [0, 0, 0]
    u.grad = None
    for k in u:
        concise.mean_log_with_logits(k, torch.zeros(())).backward()
    assert u.grad.tolist() == [1, 1, 1]


@pytest.mark.parametrize("u", [-40.0, -1.0, 0.0, 20.0, 40.0, 200.0])
@pytest.mark.parametrize("label", [0.0, 1.0])
def test_with_logits_it_agrees_with_scratch(u, label):
    found = concise.mean_log_with_logits(torch.tensor(u), torch.tensor(label))
    expected = scratch.log_loss_with_logits(u, label)
    assert found.item() == pytest.approx(expected, rel=1e-6)  # float32


def test_the_gradient_with_logits_is_probability_minus_label():
    u = torch.linspace(-3, 3, 7, dtype=torch.float64, requires_grad=True)
    label = torch.tensor([0.0, 1, 1, 0, 1, 0, 0], dtype=torch.float64)
    concise.mean_log_with_logits(u, label).backward()
    expected = (torch.sigmoid(u.detach()) - label) / 7
    torch.testing.assert_close(u.grad, expected)
