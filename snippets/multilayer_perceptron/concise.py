"""The perceptron as a subclass of nn.Module."""

# --8<-- [start:network]
import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, d=64, h=32, K=10):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.output = nn.Linear(h, K)

    def forward(self, X):  # (n, d)
        G = torch.relu(self.hidden(X))  # (n, h)
        return self.output(G)  # (n, K)


# --8<-- [end:network]
