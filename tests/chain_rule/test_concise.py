import pytest
import torch

from chain_rule import scratch
from chain_rule.concise import sample_loss, slopes
from data.hubble_1929 import x, y


@pytest.mark.parametrize(("xi", "yi"), list(zip(x, y, strict=True)))
def test_autograd_agrees_with_the_slopes_by_hand(xi, yi):
    expected = scratch.slopes(450, -40, xi, yi)
    assert slopes(450, -40, xi, yi) == pytest.approx(expected, rel=1e-12)


def test_loss_is_that_from_scratch():
    expected = scratch.sample_loss(450, -40, 2, 850)
    assert sample_loss(450, -40, 2, 850) == expected


def test_gradcheck_of_torch_itself_passes():
    point = [
        torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for value in (4.5, -0.4, 2.0, 8.5)
    ]
    assert torch.autograd.gradcheck(sample_loss, point)
