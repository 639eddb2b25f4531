"""Train a network, watch it on the validation set, keep its best state."""

import copy

import torch
from torch import nn

from multilayer_perceptron.concise import Network


# --8<-- [start:dropout]
class DropoutNetwork(Network):
    def __init__(self, d=64, h=32, K=10, rho=0.0):
        super().__init__(d, h, K)
        self.dropout = nn.Dropout(rho)

    def forward(self, X):
        G = torch.relu(self.hidden(X))  # (n, h)
        return self.output(self.dropout(G))  # (n, K)


# --8<-- [end:dropout]


# --8<-- [start:epoch]
def epoch(model, optimizer, X, y, generator, batch_size=64):
    model.train()
    order = torch.randperm(len(X), generator=generator)  # (n,)
    for rows in order.split(batch_size):
        loss = nn.functional.cross_entropy(model(X[rows]), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


# --8<-- [end:epoch]


# --8<-- [start:measure]
def measure(model, X, y):
    model.eval()
    with torch.no_grad():
        Z = model(X)  # (n, K)
    loss = nn.functional.cross_entropy(Z, y)
    accuracy = (Z.argmax(dim=1) == y).double().mean()
    return loss.item(), accuracy.item()


# --8<-- [end:measure]


# --8<-- [start:train]
def train(known, validation, alpha=0.0, rho=0.0, seed=0, epochs=60):
    torch.manual_seed(seed)
    model = DropoutNetwork(rho=rho)
    optimizer = torch.optim.SGD(
        model.parameters(), lr=0.1, momentum=0.9, weight_decay=alpha
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    generator = torch.Generator().manual_seed(seed)
    losses, lowest, best = [], float("inf"), None
    for _ in range(epochs):
        epoch(model, optimizer, *known, generator)
        schedule.step()
        seen, _ = measure(model, *known)
        unseen, _ = measure(model, *validation)
        losses.append((seen, unseen))
        if unseen < lowest:
            lowest, best = unseen, copy.deepcopy(model)
    return model, best, losses


# --8<-- [end:train]


# --8<-- [start:watch]
def watch(known, validation, seed, epochs=60):
    torch.manual_seed(seed)
    model = DropoutNetwork()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    generator = torch.Generator().manual_seed(seed)
    path = []
    for _ in range(epochs):
        epoch(model, optimizer, *known, generator)
        path.append([measure(model, *part) for part in (known, validation)])
    return path


# --8<-- [end:watch]


# --8<-- [start:checkpoint]
def save(file, model, optimizer, generator):
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "order": generator.get_state(),
    }
    torch.save(state, file)


def restore(file, model, optimizer, generator):
    state = torch.load(file)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    generator.set_state(state["order"])


# --8<-- [end:checkpoint]
