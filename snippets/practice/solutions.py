"""Solutions of the exercises over the whole book."""

import numpy as np
import torch
from torch import nn
from torch.func import stack_module_state


# --8<-- [start:influence]
def influence(x, y):
    w = np.polyfit(x, y, deg=1)[0]
    without = [
        np.polyfit(np.delete(x, i), np.delete(y, i), deg=1)[0]
        for i in range(len(x))
    ]
    return np.array(without) - w  # (n,)


# --8<-- [end:influence]


# --8<-- [start:origin]
def step_through_origin(w, x, y, lr):
    dw = sum((w * xi - yi) * xi for xi, yi in zip(x, y)) / len(x)
    return w - lr * dw


# --8<-- [end:origin]


# --8<-- [start:check]
def central_difference(f, v, delta=1e-6):
    return (f(v + delta) - f(v - delta)) / (2 * delta)


def largest_error(derivative, f, points):
    return max(abs(derivative(v) - central_difference(f, v)) for v in points)


# --8<-- [end:check]


# --8<-- [start:worlds]
def seen_and_unseen(truth, x, degree, scatter, repeats=2000):
    rng = np.random.default_rng(0)
    noise = scatter * rng.standard_normal((2, repeats, len(x)))
    seen, unseen = truth + noise  # (repeats, n) each
    P = np.polynomial.polynomial
    z = P.polyval(x, P.polyfit(x, seen.T, degree))  # (repeats, n)
    return [((z - y) ** 2).mean(axis=1) / 2 for y in (seen, unseen)]


# --8<-- [end:worlds]


# --8<-- [start:momentum]
def train_with_momentum(x, y, lr, beta, epochs=300):
    point = np.zeros(2)  # w, b
    step, path = np.zeros(2), [point]
    X = np.stack([x, np.ones_like(x)], axis=1)  # (n, 2)
    for _ in range(epochs):
        gradient = X.T @ (X @ point - y) / len(x)  # (2,)
        step = beta * step - lr * gradient
        point = point + step
        path.append(point)
    return np.array(path)  # (epochs + 1, 2)


def epochs_to(path, target, distance=0.01):
    far = (np.abs(path - target) > distance).any(axis=1)
    return int(np.flatnonzero(far)[-1]) + 1


# --8<-- [end:momentum]


# --8<-- [start:bootstrap]
def bootstrap(x, y, repeats=10_000):
    rng = np.random.default_rng(0)
    rows = rng.integers(len(x), size=(repeats, len(x)))
    dx = x[rows] - x[rows].mean(axis=1, keepdims=True)  # (repeats, n)
    return (dx * y[rows]).sum(axis=1) / (dx**2).sum(axis=1)  # (repeats,)


# --8<-- [end:bootstrap]


# --8<-- [start:logistic]
def log_loss_with_logits(u, y):
    return (nn.functional.softplus(u) - y * u).mean()


def train_logistic(x, y, lr=2.0, epochs=3000):
    w = torch.zeros((), dtype=x.dtype)
    b = torch.zeros((), dtype=x.dtype)
    for _ in range(epochs):
        error = torch.sigmoid(w * x + b) - y  # a - y, (n,)
        w, b = w - lr * (error * x).mean(), b - lr * error.mean()
    return w.item(), b.item()


# --8<-- [end:logistic]


# --8<-- [start:networks]
def network(seed, h=8):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(1, h), nn.Tanh(), nn.Linear(h, 1))


def mean_and_deviation(v):
    return v.mean(1, keepdim=True), v.std(1, keepdim=True, correction=0)


def fit_networks(x, y, lr=0.1, epochs=300):
    splits = len(x)
    models = [network(seed).double() for seed in range(splits)]
    parameters, _ = stack_module_state(models)
    W_1, b_1, W_2, b_2 = parameters.values()
    x_bar, x_dev = mean_and_deviation(x)
    y_bar, y_dev = mean_and_deviation(y)

    def predict(x):
        g = torch.tanh((x - x_bar) / x_dev @ W_1.mT + b_1.unsqueeze(1))
        return y_bar + y_dev * (g @ W_2.mT + b_2.unsqueeze(1))

    optimizer = torch.optim.Adam(parameters.values(), lr=lr)
    for _ in range(epochs):
        error = (predict(x) - y) / y_dev  # (splits, n, 1)
        loss = (error**2).mean(dim=(1, 2)).sum() / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return predict


# --8<-- [end:networks]


# --8<-- [start:compare]
def fit_lines(x, y):
    x_bar, y_bar = x.mean(1, keepdim=True), y.mean(1, keepdim=True)
    top = ((x - x_bar) * (y - y_bar)).sum(1, keepdim=True)
    w = top / ((x - x_bar) ** 2).sum(1, keepdim=True)
    return lambda x: y_bar + w * (x - x_bar)


def compare(x, y, splits=200, hidden=8):
    n = len(x)
    rows = [np.random.default_rng(s).permutation(n) for s in range(splits)]
    x, y = (torch.tensor(v[rows]).double().unsqueeze(2) for v in (x, y))
    losses = []
    for fit in (fit_lines, fit_networks):
        predict = fit(x[:, hidden:], y[:, hidden:])
        error = (predict(x) - y).detach().numpy()  # (splits, n, 1)
        parts = error[:, hidden:], error[:, :hidden]
        losses.append([(e**2).mean(axis=(1, 2)) / 2 for e in parts])
    return np.array(losses)  # (2, 2, splits)


# --8<-- [end:compare]
