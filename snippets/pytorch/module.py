"""The line as a module that keeps its own parameters."""

# --8<-- [start:line]
import torch
from torch import nn


def line():
    model = nn.Linear(1, 1, dtype=torch.float64)
    nn.init.zeros_(model.weight)  # w, (1, 1)
    nn.init.zeros_(model.bias)  # b, (1,)
    return model


# --8<-- [end:line]


# --8<-- [start:train]
def train(model, X, Y, lr=0.5, epochs=300):
    for _ in range(epochs):
        z = model(X)  # (n, 1)
        loss = ((z - Y) ** 2).mean() / 2  # L
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
        model.zero_grad()
    return model.weight.item(), model.bias.item()


# --8<-- [end:train]
