"""Two mistakes that raise no error: stale gradients, wrong shapes."""

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
