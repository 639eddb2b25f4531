"""Fit a line to data by gradient descent."""

import torch


def train(x, y, lr=0.5, epochs=300):
    x = torch.tensor(x, dtype=torch.float64)  # (n,)
    y = torch.tensor(y, dtype=torch.float64)  # (n,)
    w = torch.zeros((), dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for _ in range(epochs):
        z = w * x + b
        loss = ((z - y) ** 2).mean() / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return w.item(), b.item()
