"""Mistakes: stale gradients, wrong shapes, a number changed in place."""

import torch


# --8<-- [start:stale]
def train_without_zero_grad(model, X, Y, lr=0.5, epochs=300):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        loss = ((model(X) - Y) ** 2).mean() / 2
        loss.backward()
        optimizer.step()
    return model.weight.item(), model.bias.item()


# --8<-- [end:stale]


# --8<-- [start:shapes]
def train_with_wrong_shapes(model, X, y, lr=0.5, epochs=300):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        loss = ((model(X) - y) ** 2).mean() / 2  # (n, 1) - (n,): (n, n)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.weight.item(), model.bias.item()


# --8<-- [end:shapes]


# --8<-- [start:in_place]
def slope_in_place(w):
    w = torch.tensor(float(w), requires_grad=True)
    error = w * 3 - 9
    loss = error**2 / 2
    error += 1  # in place
    loss.backward()
    return w.grad.item()


# --8<-- [end:in_place]
