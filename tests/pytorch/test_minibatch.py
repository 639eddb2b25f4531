from itertools import chain

import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from pytorch.concise import train as by_full_batch
from pytorch.minibatch import train_minibatch
from pytorch.module import line

X = torch.tensor(x, dtype=torch.float64).unsqueeze(1)
Y = torch.tensor(y, dtype=torch.float64).unsqueeze(1)


def test_one_batch_of_all_samples_is_gradient_descent():
    path = train_minibatch(line(), X, Y, epochs=5, batch_size=24)
    for t in range(5):
        theirs = by_full_batch(line(), X, Y, lr=0.1, epochs=t + 1)
        # The samples are summed in a shuffled order.
        assert path[t] == pytest.approx(theirs, rel=1e-12)


def test_a_run_repeats_itself():
    assert train_minibatch(line(), X, Y, epochs=5) == train_minibatch(
        line(), X, Y, epochs=5
    )


def test_the_samples_are_shuffled_anew_each_epoch(monkeypatch):
    seen = []
    loss = torch.nn.functional.mse_loss
    monkeypatch.setattr(
        torch.nn.functional,
        "mse_loss",
        lambda z, yb: seen.append(yb.flatten().tolist()) or loss(z, yb),
    )
    train_minibatch(line(), X, Y, epochs=2)
    assert [len(batch) for batch in seen] == [6] * 8
    first, second = list(chain(*seen[:4])), list(chain(*seen[4:]))
    assert sorted(first) == sorted(second) == sorted(y)
    assert first != second


def test_a_step_follows_the_gradient_of_its_batch():
    path = train_minibatch(line(), X[:6], Y[:6], epochs=1)
    dw, db = -(X[:6] * Y[:6]).mean(), -Y[:6].mean()  # at w = b = 0
    assert path == [pytest.approx((-0.1 * dw.item(), -0.1 * db.item()))]


def test_a_smaller_learning_rate_wobbles_less():
    far = np.std(train_minibatch(line(), X, Y)[-50:], axis=0)
    near = np.std(train_minibatch(line(), X, Y, lr=0.02)[-50:], axis=0)
    assert (near < far / 2).all()
    assert len(train_minibatch(line(), X, Y)) == 300


def test_where_the_samples_do_not_divide_the_last_batch_is_smaller():
    data = torch.utils.data.TensorDataset(X, Y)
    for drop, expected in ((False, [5, 5, 5, 5, 4]), (True, [5] * 4)):
        batches = torch.utils.data.DataLoader(
            data, batch_size=5, drop_last=drop
        )
        assert [len(xb) for xb, _ in batches] == expected


@pytest.mark.parametrize("seed", range(3))
def test_a_step_follows_the_gradient_on_other_data(seed):
    rng = np.random.default_rng(seed)
    xb, yb = (torch.tensor(rng.normal(size=(4, 1))) for _ in range(2))
    ((w, b),) = train_minibatch(line(), xb, yb, lr=0.3, epochs=1)
    assert w == pytest.approx(0.3 * (xb * yb).mean().item())
    assert b == pytest.approx(0.3 * yb.mean().item())
