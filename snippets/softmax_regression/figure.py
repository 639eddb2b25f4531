"""Figures: digits, weight vectors as pictures, confusions, three logits."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from data import digits as data
from softmax_regression.scratch import softmax
from softmax_regression.vectorized import confusion, logits, split, train


def _data():
    return data.load(Path(data.__file__).with_name("digits.csv.gz"))


def _pictures(rows, titles, **colours):
    figure = Figure(figsize=(6.4, 2.9))
    every = figure.subplots(2, 5).flat
    for axes, row, title in zip(every, rows, titles, strict=True):
        picture = row.reshape(8, 8)
        axes.imshow(picture, interpolation="none", **colours)
        axes.set(title=f"${title}$", xticks=[], yticks=[])
    return figure


# --8<-- [start:figures]
def digits():
    X, y = _data()
    return _pictures(X[:10], y[:10], cmap="gray_r", vmin=0, vmax=1)


def weights():
    W = train(*split(*_data())[:2])[0]
    top = np.abs(W).max()
    return _pictures(W.T, range(10), cmap="RdBu", vmin=-top, vmax=top)


def confusions():
    known, actual, X_new, y_new = split(*_data())
    W, b = train(known, actual)
    counts = confusion(y_new, logits(W, b, X_new).argmax(axis=1))
    figure = Figure(figsize=(5.2, 4.6))
    axes = figure.subplots()
    wrong = counts - np.diag(np.diag(counts))
    axes.imshow(wrong, interpolation="none", cmap="Oranges", vmax=14)
    for k in range(10):
        for m in np.flatnonzero(counts[k]):
            colour = "C0" if k == m else "#202020"
            text = f"${counts[k, m]}$"
            axes.text(m, k, text, ha="center", va="center", color=colour)
    ticks = range(10)
    axes.set(xlabel=r"$\hat{y}$", ylabel="$y$", xticks=ticks, yticks=ticks)
    return figure


def three(r=1):
    u = [1, 3, 2]
    p = softmax(u)
    error = [pk - (k == r) for k, pk in enumerate(p)]
    figure = Figure(figsize=(6.4, 2), layout="none")
    axes = figure.add_axes([0, 0, 1, 1], xlim=(0, 614.4), ylim=(192, 0))
    axes.axis("off")
    middle = {"ha": "center", "va": "center"}
    for x, name in (
        (24, "k"),
        (95, "u_k"),
        (325, "p_k"),
        (500, "p_k-I_{rk}"),
    ):
        axes.text(x, 20, f"${name}$", size=13, **middle)
    for k in range(3):
        y = 60 + 48 * k
        axes.text(24, y, f"${k + 1}$", size=13, **middle)
        for x, unit, value, end, digits, colour in (
            (95, 16, u[k], 246, 1, "C0"),
            (265, 120, p[k], 434, 3, "C1"),
            (500, 55, error[k], 612, 3, "C3"),
        ):
            axes.add_patch(Rectangle((x, y - 13), unit * value, 26, fc=colour))
            text = f"${value:.{digits}f}$"
            axes.text(end, y, text, size=12, ha="right", va="center")
    for x in (95, 265, 500):
        axes.plot([x, x], [40, 176], color="#808894", lw=0.8)
    right = Rectangle((265, 47 + 48 * r), 120, 26, fill=False, ec="#808894")
    axes.add_patch(right)
    axes.set(xlim=(0, 614.4), ylim=(192, 0))
    return figure


# --8<-- [end:figures]
