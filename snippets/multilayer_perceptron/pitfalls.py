"""What goes wrong: equal units, and layers that nobody knows of."""

import torch
from torch import nn


# --8<-- [start:equal]
def equalise(model):
    with torch.no_grad():
        model.hidden.weight[:] = model.hidden.weight[0]
        model.hidden.bias[:] = model.hidden.bias[0]
        model.output.weight[:] = model.output.weight[:, :1]
    return model


# --8<-- [end:equal]


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
