"""A network of any depth: plain, or with layers that add."""

# --8<-- [start:network]
import torch
from torch import nn


class Deep(nn.Module):
    def __init__(self, M, add=False, norm=False, d=64, h=32, K=10):
        super().__init__()
        self.first = nn.Linear(d, h)
        self.layers = nn.ModuleList(nn.Linear(h, h) for _ in range(M - 1))
        self.output = nn.Linear(h, K)
        self.norm = nn.Identity()
        if norm:
            self.norm = nn.LayerNorm(h, elementwise_affine=False)
        self.add = add

    def forward(self, X):
        U = self.first(X)  # (n, h)
        for layer in self.layers:
            V = layer(torch.relu(self.norm(U)))  # (n, h)
            U = U + V if self.add else V
        return self.output(torch.relu(self.norm(U)))  # (n, K)


# --8<-- [end:network]


# --8<-- [start:slopes]
def slopes_by_layer(model, X, y):
    model.zero_grad()
    nn.functional.cross_entropy(model(X), y).backward()
    return [
        layer.weight.grad.square().mean().sqrt().item()
        for layer in model.layers
    ]


# --8<-- [end:slopes]
