"""Solutions: a pause, a loss without the half, any start."""

# --8<-- [start:pause]
import io

import torch
from torch import nn


def save_and_load(model):
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    file.seek(0)
    other = nn.Linear(1, 1, dtype=torch.float64)
    other.load_state_dict(torch.load(file))
    return other


# --8<-- [end:pause]


# --8<-- [start:mse]
def train_mse(model, X, Y, lr=0.25, epochs=300):
    mse = nn.MSELoss()  # 2 L
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        optimizer.zero_grad()
        mse(model(X), Y).backward()
        optimizer.step()
    return model.weight.item(), model.bias.item()


# --8<-- [end:mse]


# --8<-- [start:start]
def starts(seeds):
    for seed in seeds:
        torch.manual_seed(seed)
        yield nn.Linear(1, 1, dtype=torch.float64)


# --8<-- [end:start]
