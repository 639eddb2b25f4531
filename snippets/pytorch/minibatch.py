"""The same loop, a few samples at a time."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def train_minibatch(model, X, Y, lr=0.1, epochs=300, batch_size=6):
    data = DataLoader(
        TensorDataset(X, Y),
        batch_size=batch_size,
        shuffle=True,
        generator=torch.Generator().manual_seed(0),
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    path = []
    for _ in range(epochs):
        for xb, yb in data:  # (batch_size, 1)
            loss = nn.functional.mse_loss(model(xb), yb) / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        path.append((model.weight.item(), model.bias.item()))
    return path  # (epochs, 2)
