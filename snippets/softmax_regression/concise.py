"""Softmax regression with PyTorch: Dataset, DataLoader, cross_entropy."""

# --8<-- [start:dataset]
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Digits(Dataset):
    def __init__(self, X, y):
        self.X = torch.tensor(X, dtype=torch.float32)  # (n, d)
        self.y = torch.tensor(y)  # (n,)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]


# --8<-- [end:dataset]


# --8<-- [start:model]
def ten_lines(d=64, K=10):
    model = nn.Linear(d, K)
    nn.init.zeros_(model.weight)  # (K, d)
    nn.init.zeros_(model.bias)  # (K,)
    return model


# --8<-- [end:model]


# --8<-- [start:train]
def train(model, digits, lr=0.5, epochs=30, batch_size=32, seed=0):
    generator = torch.Generator().manual_seed(seed)
    batches = DataLoader(digits, batch_size, shuffle=True, generator=generator)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for xb, yb in batches:
            loss = nn.functional.cross_entropy(model(xb), yb)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# --8<-- [end:train]


# --8<-- [start:accuracy]
def accuracy(model, digits):
    with torch.no_grad():
        guesses = model(digits.X).argmax(dim=1)  # (n,)
    return (guesses == digits.y).float().mean().item()


# --8<-- [end:accuracy]
