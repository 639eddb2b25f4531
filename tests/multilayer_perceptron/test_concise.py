from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from multilayer_perceptron import vectorized
from multilayer_perceptron.concise import Network, learn, share_right
from softmax_regression.vectorized import one_hot, split

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
KNOWN, ACTUAL, X_NEW, Y_NEW = split(X, y)


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
    rows, labels = rng.normal(size=(7, 5)), rng.integers(0, 3, 7)
    model = Network(d=5, h=4, K=3).double()
    parameters = [p.detach().numpy().T.copy() for p in model.parameters()]
    Z = model(torch.tensor(rows))
    *_, expected = vectorized.forward(*parameters, rows)
    assert np.allclose(Z.detach(), expected, rtol=0, atol=1e-14)
    torch.nn.functional.cross_entropy(Z, torch.tensor(labels)).backward()
    slopes = vectorized.gradient(*parameters, rows, one_hot(labels, 3))
    for p, ours in zip(model.parameters(), slopes, strict=True):
        assert np.allclose(p.grad.numpy().T, ours, rtol=0, atol=1e-14)


def test_gradcheck_agrees():
    torch.manual_seed(0)
    model = Network(d=5, h=4, K=3).double()
    rows = torch.randn(6, 5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(model, rows)


def test_in_one_batch_it_trains_as_numpy_does():
    torch.manual_seed(0)
    model = Network()
    begin = [p.detach().double().numpy().T.copy() for p in model.parameters()]
    learn(model, KNOWN, ACTUAL, epochs=5, batch_size=1287)
    fitted = vectorized.train(begin, KNOWN, ACTUAL, epochs=5, batch_size=1287)
    for p, ours in zip(model.parameters(), fitted, strict=True):
        # float32 keeps about seven digits
        assert np.allclose(p.detach().numpy().T, ours, rtol=0, atol=1e-5)


def test_accuracies_lie_in_the_printed_ranges():
    for seed in range(2):
        torch.manual_seed(seed)
        model = learn(Network(), KNOWN, ACTUAL)
        assert 0.95 < share_right(model, KNOWN, ACTUAL) <= 1
        assert 0.90 < share_right(model, X_NEW, Y_NEW) < 0.95


def test_the_weights_start_with_a_third_of_1_by_d():
    torch.manual_seed(0)
    weight = Network(d=64, h=2000).hidden.weight
    # 128,000 draws tell a variance to half a per cent
    assert weight.var().item() * 64 == pytest.approx(1 / 3, rel=0.02)
    assert weight.abs().max().item() <= 1 / 8


def test_a_network_without_super_refuses_the_first_layer():
    class Careless(torch.nn.Module):
        def __init__(self):
            self.hidden = torch.nn.Linear(1, 1)

    with pytest.raises(AttributeError, match="before Module"):
        Careless()


def test_shapes_and_labels_that_do_not_fit_are_refused():
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        Network()(torch.zeros(2, 63))
    with pytest.raises(ValueError, match="1287 rows, but 510 targets"):
        learn(Network(), KNOWN, Y_NEW)
    with pytest.raises(IndexError, match="Target 10 is out of bounds"):
        learn(Network(), KNOWN[:2], np.array([0, 10]))


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA")
def test_on_a_gpu_it_learns_as_well():
    torch.manual_seed(0)
    model = learn(Network(), KNOWN, ACTUAL, device="cuda")
    assert 0.95 < share_right(model, KNOWN, ACTUAL) <= 1
