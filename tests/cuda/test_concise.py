import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from cuda.concise import best_device, train
from data.hubble_1929 import x, y
from gradient_descent.scratch import loss
from gradient_descent.vectorized import path

DEVICES = ["cpu", pytest.param("cuda", marks=pytest.mark.cuda)]


@pytest.fixture(params=DEVICES)
def device(request):
    if request.param == "cuda" and not torch.cuda.is_available():
        pytest.skip("needs CUDA")
    return request.param


def test_float64_reaches_the_least_squares_line(device):
    model, _ = train(x, y, device, dtype=torch.float64)
    found = model.weight.item(), model.bias.item()
    assert found == pytest.approx(np.polyfit(x, y, deg=1), rel=1e-9)


def test_float32_agrees_to_its_seven_digits(device):
    model, _ = train(x, y, device)
    found = model.weight.item(), model.bias.item()
    # float32 keeps 24 bits, 6e-8; rounding adds up over the epochs
    assert found == pytest.approx(np.polyfit(x, y, deg=1), rel=1e-5)


def test_the_losses_are_those_from_scratch(device):
    _, losses = train(x, y, device, dtype=torch.float64, epochs=20)
    points = path(np.array(x), np.array(y), epochs=19)
    expected = [loss(w, b, x, y) for w, b in points]
    assert losses.tolist() == pytest.approx(expected, rel=1e-12)


def test_the_results_come_back_to_the_cpu(device):
    model, losses = train(x, y, device, epochs=2)
    assert model.weight.device.type == losses.device.type == "cpu"
    assert not losses.requires_grad


def test_the_best_device_is_there():
    device = best_device()
    assert torch.ones(2, device=device).sum().item() == 2
    if not torch.accelerator.is_available():
        assert device.type == "cpu"


def test_float32_cannot_count_past_two_to_the_24():
    big = torch.tensor(2.0**24)
    assert big.dtype is torch.float32
    assert big + 1 == big
    assert big.double() + 1 != big.double()


@pytest.mark.parametrize("seed", range(3))
def test_other_data_give_the_losses_from_scratch_too(seed, device):
    rng = np.random.default_rng(seed)
    xs, ys = rng.uniform(-1, 1, 7), rng.normal(size=7)
    options = {"dtype": torch.float64, "lr": 0.3, "epochs": 9}
    _, losses = train(xs.tolist(), ys.tolist(), device, **options)
    points = path(xs, ys, lr=0.3, epochs=8)
    expected = [loss(w, b, xs, ys) for w, b in points]
    assert losses.tolist() == pytest.approx(expected)


class Orders(TorchDispatchMode):
    """Counts what PyTorch orders from the device."""

    count = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.count += 1
        return function(*args, **(kwargs or {}))


def test_an_epoch_is_split_into_a_dozen_orders_or_more():
    counts = []
    for epochs in (1, 2):
        with Orders() as orders:
            train(x, y, epochs=epochs)
        counts.append(orders.count)
    assert counts[1] - counts[0] >= 12


def test_nothing_but_none_is_answered_where_there_is_no_accelerator():
    found = torch.accelerator.current_accelerator(check_available=True)
    assert (found is None) == (not torch.accelerator.is_available())
