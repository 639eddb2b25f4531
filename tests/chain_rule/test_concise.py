import numpy as np
import pytest
import torch

from chain_rule import scratch
from chain_rule.concise import sample_loss, slopes
from data.hubble_1929 import x, y


@pytest.mark.parametrize(("xi", "yi"), list(zip(x, y, strict=True)))
def test_autograd_agrees_with_the_slopes_by_hand(xi, yi):
    rng = np.random.default_rng(abs(int(yi)))
    for w, b in rng.normal(scale=300, size=(3, 2)):
        expected = scratch.slopes(w, b, xi, yi)
        assert slopes(w, b, xi, yi) == pytest.approx(expected, rel=1e-9)


def test_loss_is_that_from_scratch():
    for sample in np.random.default_rng(0).normal(size=(10, 4)):
        assert sample_loss(*sample) == scratch.sample_loss(*sample)


def test_gradcheck_of_torch_itself_passes():
    point = [
        torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for value in (450.0, -40.0, 2.0, 850.0)
    ]
    assert torch.autograd.gradcheck(sample_loss, point)
