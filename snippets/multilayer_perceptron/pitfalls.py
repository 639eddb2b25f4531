"""What goes wrong: layers that nobody knows of."""

import torch
from torch import nn


# --8<-- [start:listed]
class Listed(nn.Module):
    def __init__(self, d=64, h=32, K=10):
        super().__init__()
        self.layers = [nn.Linear(d, h)]
        self.output = nn.Linear(h, K)

    def forward(self, X):
        for layer in self.layers:
            X = torch.relu(layer(X))
        return self.output(X)  # (n, K)


# --8<-- [end:listed]
