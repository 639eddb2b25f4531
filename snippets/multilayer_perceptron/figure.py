"""Figures: a bend, the nebulae, the start, the hidden units."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from data import digits as data
from data.hubble_1929 import x, y
from multilayer_perceptron.draw import SEVEN, inked
from multilayer_perceptron.scratch import random_units
from multilayer_perceptron.vectorized import (
    fit,
    forward,
    matrices,
    mean_squares,
    start,
    train,
)
from softmax_regression.vectorized import softmax, split


def _squares(axes, corner, side, values, color):
    height, width = values.shape
    size = side * width, side * height
    axes.add_patch(Rectangle(corner, *size, fc="w", ec="#808894", lw=1))
    for (row, column), value in np.ndenumerate(values):
        x, y = corner[0] + side * column, corner[1] + side * row
        square = Rectangle((x, y), side, side, color=color, alpha=value, lw=0)
        if value > 0:
            axes.add_patch(square)


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


def _network():
    X, y = data.load(Path(data.__file__).with_name("digits.csv.gz"))
    known, actual, *_ = split(X, y)
    return train(start(64, 32, 10), known, actual)


def units():
    W1 = _network()[0]
    top = np.abs(W1).max()
    figure = Figure(figsize=(6.4, 3.3))
    for axes, column in zip(figure.subplots(4, 8).flat, W1.T):
        axes.imshow(column.reshape(8, 8), cmap="RdBu", vmin=-top, vmax=top)
        axes.set(xticks=[], yticks=[])
    return figure


def drawing():
    figure = Figure(figsize=(6.4, 5.2), layout="none")
    axes = figure.add_axes([0, 0, 1, 1], xlim=(0, 614.4), ylim=(499.2, 0))
    axes.axis("off")
    _squares(axes, (8, 28), 296, np.zeros((1, 1)), "k")
    for stroke in SEVEN:
        x, y = (np.array([8, 28]) + 9.25 * stroke).T
        axes.plot(x, y, "k", lw=15, solid_capstyle="round")
    features = inked(SEVEN)
    _, G, Z = forward(*_network(), features[None])
    _squares(axes, (84, 354), 17, features.reshape(8, 8), "k")
    _squares(axes, (334, 354), 34, np.minimum(G / 5, 1).reshape(4, 8), "C0")
    for k, share in enumerate(softmax(Z)[0]):
        y = 43 + 29.6 * k
        color = "C1" if k == Z.argmax() else "C0"
        axes.barh(y, 180 * share, 16, 358, color=color)
        axes.text(338, y, k, va="center")
        axes.text(606, y, f"{100 * share:.0f} %", va="center", ha="right")
    for path, words, at in (
        ("156 328 156 350", "$X_i$", (84, 343)),
        ("232 422 326 422", "$W_1, b_1$", (252, 412)),
        ("470 350 470 328", "$W_2, b_2$", (480, 343)),
    ):
        x, y, *end = map(int, path.split())
        arrow = {"arrowstyle": "->", "color": "#808894"}
        axes.annotate("", end, (x, y), arrowprops=arrow)
        axes.text(*at, words)
    axes.text(334, 343, "$G_i$")
    axes.text(334, 20, "$P_i$")
    return figure


# --8<-- [end:figures]
