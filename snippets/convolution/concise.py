"""A kernel learned by nn.Conv2d from a picture and its answer."""

# --8<-- [start:learn]
import torch
from torch import nn


def learn(V, Y, k=3, lr=1.0, momentum=0.95, epochs=500):
    V = torch.as_tensor(V, dtype=torch.float32)[None, None]  # (n, C, N, N)
    Y = torch.as_tensor(Y, dtype=torch.float32)[None, None]  # (n, K, P, P)
    model = nn.Conv2d(1, 1, k)
    nn.init.zeros_(model.weight)  # (K, C, k, k)
    nn.init.zeros_(model.bias)  # (K,)
    optimizer = torch.optim.SGD(model.parameters(), lr, momentum)
    for _ in range(epochs):
        loss = nn.functional.mse_loss(model(V), Y) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


# --8<-- [end:learn]
