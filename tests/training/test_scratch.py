import numpy as np
import pytest
import torch

from training.scratch import adam, cosine, momentum


def walk(optimizer, w, slopes):
    """Feed slopes to an optimizer of PyTorch, and return its path."""
    path = []
    for slope in slopes:
        w.grad = torch.tensor(slope, dtype=w.dtype)
        optimizer.step()
        path.append(w.item())
    return path


def leaf(value):
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


@pytest.fixture(params=range(3))
def slopes(request):
    # slopes of any size: no valley in which both would end in one place
    return np.random.default_rng(request.param).normal(0, 30, 40)


@pytest.mark.parametrize(("lr", "beta"), [(0.1, 0.9), (0.03, 0.5), (1, 0)])
def test_momentum_is_that_of_torch_step_by_step(slopes, lr, beta):
    start = leaf(2.0)
    optimizer = torch.optim.SGD([start], lr=lr, momentum=beta)
    w, v, path = 2.0, 0.0, []
    for slope in slopes:
        w, v = momentum(w, slope, v, lr=lr, beta=beta)
        path.append(w)
    assert path == pytest.approx(walk(optimizer, start, slopes), rel=1e-12)


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.8), (0.0, 0.9)])
def test_adam_is_that_of_torch_step_by_step(slopes, betas):
    start = leaf(2.0)
    optimizer = torch.optim.Adam([start], lr=0.02, betas=betas, eps=1e-3)
    beta1, beta2 = betas
    (w, m, r), path = (2.0, 0.0, 0.0), []
    for t, slope in enumerate(slopes, start=1):
        w, m, r = adam(w, slope, m, r, t, 0.02, beta1, beta2, eps=1e-3)
        path.append(w)
    assert path == pytest.approx(walk(optimizer, start, slopes), rel=1e-12)


def test_the_defaults_are_those_of_torch():
    start = leaf(1.0)
    (expected,) = walk(torch.optim.Adam([start]), start, [1e-7])
    # eps counts where the slope is this small
    assert adam(1.0, 1e-7, 0.0, 0.0, 1)[0] == pytest.approx(expected)
    assert momentum(1.0, 3.0, 2.0) == pytest.approx((1 - 0.1 * 4.8, 4.8))


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e5])
def test_the_first_step_of_adam_is_lr_whatever_the_slope(size):
    w, _, _ = adam(0.0, size, 0.0, 0.0, 1, lr=0.01)
    assert w == pytest.approx(-0.01, rel=1e-4)


def test_without_its_correction_adam_would_take_steps_that_are_too_long():
    m = r = 0.0
    without, corrected = {}, {}
    for t in range(1, 1001):
        w, m, r = adam(0.0, 5.0, m, r, t, lr=1.0)
        without[t], corrected[t] = m / r**0.5, -w
    assert [without[t] for t in (1, 10, 100, 1000)] == pytest.approx(
        [3.16, 6.53, 3.24, 1.26], abs=0.01
    )
    assert all(size == pytest.approx(1) for size in corrected.values())


def test_momentum_grows_to_ten_times_the_slope():
    v = 0.0
    for _ in range(200):
        _, v = momentum(0.0, 3.0, v)
    assert v == pytest.approx(30, rel=1e-8)


@pytest.mark.parametrize(("T", "lr"), [(60, 0.1), (7, 2.0)])
def test_the_schedule_is_that_of_torch(T, lr):
    optimizer = torch.optim.SGD([leaf(0.0)], lr=lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T)
    for t in range(T + 1):
        (expected,) = schedule.get_last_lr()
        assert cosine(t, T, lr=lr) == pytest.approx(expected, abs=1e-12)
        optimizer.step()
        schedule.step()
    assert cosine(0, T) == 0.1
