import numpy as np
import pytest
import torch

from multilayer_perceptron import vectorized
from multilayer_perceptron.concise import Network
from softmax_regression.vectorized import one_hot


def test_its_parameters_are_registered_and_counted():
    shapes = {n: tuple(p.shape) for n, p in Network().named_parameters()}
    assert shapes == {
        "hidden.weight": (32, 64),
        "hidden.bias": (32,),
        "output.weight": (10, 32),
        "output.bias": (10,),
    }
    assert sum(p.numel() for p in Network().parameters()) == 2410


@pytest.mark.parametrize("seed", range(3))
def test_logits_and_gradients_are_those_of_numpy(seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(7, 5)), rng.integers(0, 3, 7)
    model = Network(d=5, h=4, K=3).double()
    parameters = [
        p.detach().numpy().T.copy() for p in model.parameters()
    ]  # W is transposed; for b nothing changes
    Z = model(torch.tensor(X))
    *_, expected = vectorized.forward(*parameters, X)
    assert np.allclose(Z.detach(), expected, rtol=0, atol=1e-14)
    torch.nn.functional.cross_entropy(Z, torch.tensor(y)).backward()
    slopes = vectorized.gradient(*parameters, X, one_hot(y, 3))
    for p, ours in zip(model.parameters(), slopes, strict=True):
        assert np.allclose(p.grad.numpy().T, ours, rtol=0, atol=1e-14)


def test_rows_of_another_length_are_refused():
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        Network()(torch.zeros(2, 63))
