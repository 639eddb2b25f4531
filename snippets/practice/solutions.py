"""Solutions of the exercises over the whole book."""

import numpy as np
import torch
from torch import nn


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
def central_difference(f, v, h=1e-6):
    return (f(v + h) - f(v - h)) / (2 * h)


def largest_error(derivative, f, points):
    return max(abs(derivative(v) - central_difference(f, v)) for v in points)


# --8<-- [end:check]


# --8<-- [start:standardise]
def train_standardised(x, y, lr=1.0, epochs=1):
    m, s = x.mean(), x.std()
    u = (x - m) / s  # mean 0, deviation 1
    v, c = 0.0, 0.0  # z = v u + c
    for _ in range(epochs):
        error = v * u + c - y  # (n,)
        v, c = v - lr * (error * u).mean(), c - lr * error.mean()
    return v / s, c - v * m / s  # w, b


# --8<-- [end:standardise]


# --8<-- [start:minibatch]
def train_in_batches(x, y, lr=0.5, decay=0.0, batch_size=6, epochs=300):
    rng = np.random.default_rng(0)
    w, b, path = 0.0, 0.0, []
    for epoch in range(epochs):
        step = lr / (1 + decay * epoch)
        for batch in np.split(rng.permutation(len(x)), len(x) // batch_size):
            error = w * x[batch] + b - y[batch]  # (batch_size,)
            dw, db = (error * x[batch]).mean(), error.mean()
            w, b = w - step * dw, b - step * db
        path.append((w, b))
    return np.array(path)  # (epochs, 2)


# --8<-- [end:minibatch]


# --8<-- [start:momentum]
def train_with_momentum(x, y, lr, beta, epochs=300):
    p = np.zeros(2)  # w, b
    step, path = np.zeros(2), [p]
    X = np.stack([x, np.ones_like(x)], axis=1)  # (n, 2)
    for _ in range(epochs):
        gradient = X.T @ (X @ p - y) / len(x)  # (2,)
        step = beta * step - lr * gradient
        p = p + step
        path.append(p)
    return np.array(path)  # (epochs + 1, 2)


def epochs_to(path, target, distance=0.01):
    far = (np.abs(path - target) > distance).any(axis=1)
    return int(np.flatnonzero(far)[-1]) + 1


# --8<-- [end:momentum]


# --8<-- [start:absolute]
def train_absolute(x, y, lr=100.0, epochs=5000):
    w, b = 0.0, 0.0
    for epoch in range(epochs):
        sign = np.sign(w * x + b - y)  # (n,)
        step = lr / (1 + epoch) ** 0.5
        w, b = w - step * (sign * x).mean(), b - step * sign.mean()
    return w, b


# --8<-- [end:absolute]


# --8<-- [start:logistic]
def log_loss(u, r):
    return (torch.log1p(torch.exp(u)) - r * u).mean()


def train_logistic(x, r, lr=2.0, epochs=3000):
    w = torch.zeros((), dtype=x.dtype)
    b = torch.zeros((), dtype=x.dtype)
    for _ in range(epochs):
        error = torch.sigmoid(w * x + b) - r  # a - r, (n,)
        w, b = w - lr * (error * x).mean(), b - lr * error.mean()
    return w.item(), b.item()


# --8<-- [end:logistic]


# --8<-- [start:network]
def train_network(x, y, h=8, lr=0.1, epochs=300):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(1, h), nn.Tanh(), nn.Linear(h, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for _ in range(epochs):
        loss = ((model(x) - y) ** 2).mean() / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def compare(x, y, splits=5):
    u, v = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()  # (n, 1)
    losses = []
    for seed in range(splits):
        order = np.random.default_rng(seed).permutation(len(x))
        known, new = order[8:], order[:8]
        w, b = np.polyfit(u[known, 0], v[known, 0], deg=1).tolist()
        model = train_network(u[known], v[known])
        with torch.no_grad():
            errors = [w * u + b - v, model(u) - v]  # (n, 1)
        losses.append(
            [
                [(e[rows] ** 2).mean() / 2 for e in errors]
                for rows in (known, new)
            ]
        )
    return np.array(losses)  # (splits, 2, 2)


# --8<-- [end:network]


# --8<-- [start:bootstrap]
def bootstrap(x, y, repeats=10_000):
    rng = np.random.default_rng(0)
    rows = rng.integers(len(x), size=(repeats, len(x)))
    dx = x[rows] - x[rows].mean(axis=1, keepdims=True)  # (repeats, n)
    return (dx * y[rows]).sum(axis=1) / (dx**2).sum(axis=1)  # (repeats,)


# --8<-- [end:bootstrap]
