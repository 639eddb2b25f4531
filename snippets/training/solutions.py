"""Solutions: ten samples by heart, a grid, one point of difference."""

import torch
from torch import nn


# --8<-- [start:by_heart]
def learn_by_heart(model, X, y, lr=0.1, steps=200, clear_late=False):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        if clear_late:
            optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


# --8<-- [end:by_heart]


# --8<-- [start:disagreement]
def error_of_difference(q_1, q_2, n):
    return ((q_1 + q_2 - (q_1 - q_2) ** 2) / n) ** 0.5


# --8<-- [end:disagreement]
