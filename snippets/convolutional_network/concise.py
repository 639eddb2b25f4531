"""A convolutional network in PyTorch, trained and judged beside others."""

# --8<-- [start:network]
import torch
from torch import nn


class ConvolutionalNetwork(nn.Module):
    def __init__(self, C=8, h=16, K=10):
        super().__init__()
        self.first = nn.Conv2d(1, C, 5, stride=2)
        self.second = nn.Conv2d(C, h, 3)
        self.output = nn.Linear(h * 5 * 5, K)

    def maps(self, X):
        V = X.reshape(-1, 1, 28, 28)
        V = torch.relu(self.first(V))  # (n, C, 12, 12)
        V = torch.relu(self.second(V))  # (n, h, 10, 10)
        return nn.functional.max_pool2d(V, 2)  # (n, h, 5, 5)

    def forward(self, X):
        return self.output(self.maps(X).flatten(1))  # (n, K)


# --8<-- [end:network]


# --8<-- [start:three_sets]
def three_sets(X, y, first=100, last=150):
    X, y = X.reshape(10, 250, 784), y.reshape(10, 250)
    parts = slice(first), slice(first, last), slice(last, None)
    return [(X[:, part].flatten(0, 1), y[:, part].flatten()) for part in parts]


# --8<-- [end:three_sets]


# --8<-- [start:learn]
def learn(
    model, X, y, device="cpu", order=torch.randperm, epochs=8, batch_size=50
):
    X, y, model = X.to(device), y.to(device), model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in range(epochs):
        for rows in order(len(X)).to(device).split(batch_size):
            loss = nn.functional.cross_entropy(model(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    return model.cpu()


# --8<-- [end:learn]


# --8<-- [start:percent_right]
def percent_right(model, X, y):
    with torch.no_grad():
        guesses = model(X).argmax(dim=1)  # (n,)
    return 100 * (guesses == y).double().mean().item()


# --8<-- [end:percent_right]


# --8<-- [start:shifted]
def shifted(X, right):
    V = X.reshape(-1, 28, 28)
    V = nn.functional.pad(V, (right, -right))
    return V.flatten(1)  # (n, 784)


# --8<-- [end:shifted]


# --8<-- [start:seen]
def seen_pixels(model, p, q):
    X = torch.rand(1, 784)
    nudges = 9 * torch.eye(784)
    with torch.no_grad():
        G = model.maps(torch.cat([X, X + nudges, X - nudges]))[:, :, p, q]
    moved = ((G[1:] - G[0]).abs() > 1e-3).any(dim=1)
    return moved.reshape(2, 28, 28).any(dim=0)


# --8<-- [end:seen]
