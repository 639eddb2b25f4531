"""Figures: losses by epoch, and how far each direction shrinks."""

from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

from data import digits
from training.concise import train
from training.vectorized import three_sets


def _sets():
    X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
    X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
    return three_sets(X, y)


# --8<-- [start:figures]
def losses():
    known, validation, _ = _sets()
    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.add_subplot()
    for alpha, color in ((0.0, "C0"), (0.003, "C1")):
        *_, path = train(known, validation, alpha=alpha, seed=0)
        seen, unseen = np.array(path).T
        epochs = np.arange(1, len(path) + 1)
        name = rf"$\alpha = {alpha:g}$"
        axes.plot(epochs, seen, color=color, linestyle="--")
        axes.plot(epochs, unseen, color=color, label=name)
        low = unseen.argmin()
        axes.plot(epochs[low], unseen[low], "o", color=color)
    axes.set(xlabel="$t$", ylabel="$L$", yscale="log")
    axes.set_yticks([0.01, 0.1, 1], ["$0.01$", "$0.1$", "$1$"])
    axes.legend(loc="upper right")
    return figure


# --8<-- [end:figures]
