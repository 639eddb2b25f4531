"""Figures: a bend, the nebulae, the start, the hidden units."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from data import digits as data
from data.hubble_1929 import x, y
from multilayer_perceptron.scratch import random_units
from multilayer_perceptron.vectorized import (
    fit,
    forward,
    matrices,
    mean_squares,
    start,
    train,
)
from softmax_regression.vectorized import split


# --8<-- [start:figures]
def bends():
    figure = Figure(figsize=(6.4, 3.0))
    left, right = figure.subplots(1, 2, sharey=True)
    ends = np.array([-3, 0, 3])
    left.plot(ends, np.maximum(ends, 0), color="C0")
    left.plot(ends, np.maximum(-ends, 0), "--", color="C1")
    places = np.arange(-3, 4)
    right.plot(ends, abs(ends), color="C2")
    right.plot(places, abs(places), "o", color="#808894", ms=5)
    right.axhline(12 / 7, color="C3", ls="--")
    for axes in (left, right):
        axes.set(xlabel="$x$", xticks=places)
    return figure


def nebulae():
    figure = Figure(figsize=(6.4, 3.6))
    axes = figure.subplots()
    axes.plot(x, y, "o", color="#808894", ms=4)
    X, Y = np.array(x)[:, None], np.array(y)[:, None] / 1000
    w, b = np.polyfit(x, y, 1)
    axes.plot([0, 2.1], [b, 2.1 * w + b], "C3:")
    for seed, color in enumerate(("C0", "C1", "C2")):
        found = fit(matrices(random_units(6, 0, 2, seed)), X, Y)
        kinks = -found[1] / found[0][0]
        kinks = kinks[(kinks > 0) & (kinks < 2.1)]
        places = np.sort(np.r_[0, kinks, 2.1])[:, None]
        heights = 1000 * forward(*found, places)[2]
        axes.plot(places, heights, color=color)
        bent = 1000 * forward(*found, kinks[:, None])[2]
        axes.plot(kinks, bent, "s", color=color, ms=5)
    axes.set(xlabel="$x$ / Mpc", ylabel=r"$y$, $\hat{y}$ / (km/s)")
    return figure


def squares():
    figure = Figure(figsize=(6.4, 3.0))
    axes = figure.subplots()
    for factor, style in ((4, "C1^-"), (2, "C0o-"), (1, "C3v-")):
        axes.semilogy(mean_squares(factor), style, ms=4)
    axes.set(xticks=range(0, 21, 5), ylabel="$q$")
    axes.grid(visible=True)
    return figure


def units():
    X, y = data.load(Path(data.__file__).with_name("digits.csv.gz"))
    known, actual, *_ = split(X, y)
    W1 = train(start(64, 32, 10), known, actual)[0]
    top = np.abs(W1).max()
    figure = Figure(figsize=(6.4, 3.3))
    for axes, column in zip(figure.subplots(4, 8).flat, W1.T):
        axes.imshow(column.reshape(8, 8), cmap="RdBu", vmin=-top, vmax=top)
        axes.set(xticks=[], yticks=[])
    return figure


# --8<-- [end:figures]
