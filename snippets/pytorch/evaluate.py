"""The same loop, watched: the losses on known and on new samples."""

import torch
from torch import nn


# --8<-- [start:split]
def split(X, Y, new=6):
    order = torch.randperm(len(X), generator=torch.Generator().manual_seed(0))
    return X[order[new:]], Y[order[new:]], X[order[:new]], Y[order[:new]]


# --8<-- [end:split]


# --8<-- [start:train]
def train_and_watch(model, X, Y, X_new, Y_new, lr=0.5, epochs=300):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses, new_losses = [], []
    for _ in range(epochs):
        with torch.no_grad():
            new_loss = nn.functional.mse_loss(model(X_new), Y_new) / 2
        loss = nn.functional.mse_loss(model(X), Y) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        new_losses.append(new_loss.item())
    return losses, new_losses


# --8<-- [end:train]
