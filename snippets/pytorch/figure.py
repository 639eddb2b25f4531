"""The two programs on one path; full batches against minibatches."""

import torch
from matplotlib.figure import Figure

from data.hubble_1929 import x, y
from gradient_descent.scratch import train as by_hand
from pytorch.concise import train
from pytorch.minibatch import train_minibatch
from pytorch.module import line

X = torch.tensor(x, dtype=torch.float64).unsqueeze(1)
Y = torch.tensor(y, dtype=torch.float64).unsqueeze(1)


def same_path():
    """Draw PyTorch's w and b as curves, those from scratch as dots."""
    figure = Figure(figsize=(6.4, 3.2))
    axes = figure.subplots(1, 2)
    model = line()
    curve = [train(model, X, Y, epochs=min(t, 1)) for t in range(61)]
    epochs = [0, 1, 2, 4, 7, 11, 16, 22, 30, 40, 50, 60]
    dots = [by_hand(x, y, epochs=t) for t in epochs]
    best = by_hand(x, y, epochs=300)
    for k, name in enumerate(("$w$", "$b$")):
        axes[k].axhline(best[k], color="#808894", linestyle=":")
        axes[k].plot([point[k] for point in curve], color="C0")
        axes[k].plot(epochs, [dot[k] for dot in dots], "o", color="C1")
        axes[k].set(xlabel="$t$", ylabel=name)
    return figure


def minibatch():
    """Draw w by epoch: all samples at once, and six at a time."""
    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.add_subplot()
    start = line().weight.item()
    for lr, color in ((0.1, "C1"), (0.02, "C2")):
        path = train_minibatch(line(), X, Y, lr=lr, epochs=150)
        w = [start, *(w for w, b in path)]
        axes.plot(w, color=color, label=rf"$\eta = {lr}$, $6$")
    every = train_minibatch(
        line(), X, Y, lr=0.1, epochs=150, batch_size=len(x)
    )
    w = [start, *(w for w, b in every)]
    axes.plot(w, color="C0", label=r"$\eta = 0.1$, $24$")
    axes.axhline(by_hand(x, y)[0], color="#808894", linestyle=":")
    axes.set(xlabel="$t$", ylabel="$w$")
    axes.legend(loc="lower right")
    return figure
