"""Gradient descent with tensors, the gradient by autograd."""

import torch


def train(x, y, lr=0.5, epochs=300):
    w = torch.zeros((), dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    for _ in range(epochs):
        error = w * x + b - y  # z - y, (n,)
        loss = (error**2).mean() / 2  # L
        loss.backward()  # w.grad, b.grad
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad, b.grad = None, None
    return w.item(), b.item()
