import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from pytorch.concise import train
from pytorch.module import line
from pytorch.solutions import save_and_load, starts, train_mse

X = torch.tensor(x, dtype=torch.float64).unsqueeze(1)
Y = torch.tensor(y, dtype=torch.float64).unsqueeze(1)


@pytest.mark.parametrize("epochs", [1, 2, 10, 300])
def test_twice_the_loss_with_half_the_learning_rate_is_the_same(epochs):
    expected = pytest.approx(train(line(), X, Y, epochs=epochs), rel=1e-12)
    assert train_mse(line(), X, Y, epochs=epochs) == expected
    assert train_mse(line(), X, Y, 0.25, epochs) == expected


def test_the_default_is_300_epochs():
    short = train_mse(line(), X, Y, lr=0.01)
    assert short == train_mse(line(), X, Y, lr=0.01, epochs=300)


def test_a_loaded_model_goes_on_where_the_saved_one_stood():
    model = line()
    train(model, X, Y, epochs=100)
    resumed = train(save_and_load(model), X, Y, epochs=200)
    assert resumed == train(line(), X, Y, epochs=300)


def test_every_start_leads_to_the_same_line():
    best = pytest.approx(np.polyfit(x, y, deg=1), rel=1e-8)
    models = list(starts(range(5)))
    assert len({model.weight.item() for model in models}) == 5
    for model in models:
        assert train(model, X, Y) == best


@pytest.mark.parametrize("seed", range(3))
def test_half_the_learning_rate_walks_the_same_path_on_other_data(seed):
    rng = np.random.default_rng(seed)
    columns = [torch.tensor(rng.normal(size=(8, 1))) for _ in range(2)]
    lr = rng.uniform(0.05, 0.3)
    expected = train(line(), *columns, lr=lr, epochs=5)
    found = train_mse(line(), *columns, lr=lr / 2, epochs=5)
    assert found == pytest.approx(expected)


def test_a_loaded_model_has_the_same_parameters_and_shares_none():
    model = torch.nn.Linear(1, 1, dtype=torch.float64)
    other = save_and_load(model)
    assert torch.equal(other.weight, model.weight)
    with torch.no_grad():
        other.weight += 1
    assert not torch.equal(other.weight, model.weight)
