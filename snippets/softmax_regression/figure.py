"""Figures: ten digits, ten weight vectors as pictures, the confusions."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from data import digits as data
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


# --8<-- [end:figures]
