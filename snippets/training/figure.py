"""Figure: the losses of a network against the epochs."""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

from data import digits
from training.concise import watch
from training.vectorized import three_sets


def _sets():
    X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
    X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
    return three_sets(X, y)


@cache
def _paths():
    known, validation, _ = _sets()
    return [watch(known, validation, seed=seed) for seed in range(4)]


# --8<-- [start:figures]
def losses():
    paths = np.array(_paths())[:, :, :, 0]  # (4, 60, 2)
    seen, unseen = paths.mean(axis=0).T
    epochs = np.arange(1, len(seen) + 1)
    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.add_subplot()
    axes.plot(epochs, seen, color="C0", linestyle="--")
    axes.plot(epochs, unseen, color="C1")
    low = unseen.argmin()
    axes.plot(epochs[low], unseen[low], "o", color="C1")
    axes.set(xlabel="$t$", ylabel="$J$", ylim=(0, 1))
    return figure


# --8<-- [end:figures]
