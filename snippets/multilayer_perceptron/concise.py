"""The perceptron as a subclass of nn.Module, on any device."""

# --8<-- [start:network]
import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, d=64, h=32, K=10):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.output = nn.Linear(h, K)

    def forward(self, X):
        G = torch.relu(self.hidden(X))  # (n, h)
        return self.output(G)  # (n, K)


# --8<-- [end:network]


# --8<-- [start:learn]
def learn(model, X, y, device="cpu", lr=0.5, epochs=30, batch_size=32):
    X = torch.tensor(X, dtype=torch.float32, device=device)  # (n, d)
    y = torch.tensor(y, device=device)  # (n,)
    if len(X) != len(y):
        raise ValueError(f"{len(X)} rows, but {len(y)} targets")
    model = model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        for rows in torch.randperm(len(X)).to(device).split(batch_size):
            loss = nn.functional.cross_entropy(model(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.cpu()


def share_right(model, X, y):
    with torch.no_grad():
        Z = model(torch.tensor(X, dtype=torch.float32))  # (n, K)
    return (Z.argmax(dim=1).numpy() == y).mean()


# --8<-- [end:learn]
