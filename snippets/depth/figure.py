"""Figures: the paths through three layers, and the slopes by layer."""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

from data import digits
from depth.concise import Deep, slopes_by_layer
from training.vectorized import three_sets


@cache
def _known():
    X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
    return three_sets(torch.tensor(X, dtype=torch.float32), torch.tensor(y))[0]


def _newborn(**options):
    torch.manual_seed(0)
    return slopes_by_layer(Deep(30, **options), *_known())


# --8<-- [start:figures]
def paths():
    figure = Figure(figsize=(6.4, 2))
    axes = figure.add_subplot()
    axes.plot([-0.3, 3.3], [0, 0], color="C0", lw=2.5)
    angle = np.linspace(0, np.pi, 50)
    centred = {"ha": "center", "va": "center", "fontsize": 20}
    for m, name in enumerate("pqr"):
        across = m + 0.5 - 0.4 * np.cos(angle)
        axes.plot(across, np.sin(angle), "C1--", lw=1.8)
        axes.plot(m + 0.5, 1, "s", color="C1", ms=32)
        axes.annotate(f"${name}$", (m + 0.5, 1), color="white", **centred)
        axes.annotate("$+$", (m + 0.9, -0.35), **centred)
    axes.set(xlim=(-0.4, 3.4), ylim=(-0.6, 1.5))
    axes.set_axis_off()
    return figure


def slopes():
    figure = Figure(figsize=(6.4, 3.6))
    axes = figure.add_subplot()
    axes.semilogy(range(1, 30), _newborn(), "C3:")
    axes.semilogy(range(1, 30), _newborn(norm=True), "C1--")
    axes.semilogy(range(1, 30), _newborn(add=True), "C2-.")
    axes.semilogy(range(1, 30), _newborn(add=True, norm=True), "C0-")
    axes.set(xlabel="$m$", ylim=(1e-15, 10), xticks=(1, 8, 15, 22, 29))
    axes.grid(visible=True)
    return figure


# --8<-- [end:figures]
