"""Figures: the path on the contours, a bouncing step, the loss by epoch."""

import numpy as np
from matplotlib.figure import Figure

from data.hubble_1929 import x, y
from gradient_descent.scratch import loss
from gradient_descent.vectorized import curvatures, path


# --8<-- [start:figures]
def trajectory():
    w, b = np.meshgrid(np.linspace(-60, 580, 161), np.linspace(-130, 390, 131))
    figure = Figure(figsize=(6.4, 5.2))
    axes = figure.subplots()
    lowest = loss(*np.polyfit(x, y, 1), x, y)
    levels = lowest + 1000 * np.array([0.5, 2, 5, 10, 20, 35, 55, 80, 110])
    grey = {"colors": "#808894", "linewidths": 0.8, "alpha": 0.7}
    axes.contour(w, b, loss(w, b, x, y), levels, **grey)
    for lr, epochs, color in ((0.95, 12, "C1"), (0.5, 40, "C0")):
        points = path(np.array(x), np.array(y), lr, epochs)
        label = rf"$\eta = {lr}$"
        axes.plot(*points.T, "o-", color=color, ms=3.5, lw=1.3, label=label)
    axes.plot(*np.polyfit(x, y, 1), "*", color="C3", ms=13, zorder=3)
    axes.set(xlabel="$w$", ylabel="$b$", aspect="equal")
    axes.legend(loc="lower left")
    return figure


def bounce():
    figure = Figure(figsize=(6.4, 3))
    row = figure.subplots(1, 3, sharey=True)
    for axes, factor in zip(row, (0.5, 1.5, 2.2)):
        offset = (1 - factor) ** np.arange(5)  # 1, 1 - eta lambda, ...
        grid = np.linspace(-2.2, 2.2, 45)
        axes.plot(grid, grid**2 / 2, color="#808894", lw=1)
        axes.plot(offset, offset**2 / 2, "o-", color="C0", ms=4, lw=1)
        axes.plot(1, 0.5, "o", color="C1", ms=7)
        title = rf"$\eta \lambda = {factor}$"
        axes.set(title=title, xlabel=r"$w - \hat{w}$")
    row[0].set_ylabel(r"$\frac{1}{2} \lambda (w - \hat{w})^2$")
    return figure


def learning_rates():
    figure = Figure(figsize=(6.4, 4.2))
    axes = figure.subplots()
    limit = 2 / curvatures(np.array(x))[1]
    rates = [0.1, 0.5, 0.9, 0.99 * limit, 1.01 * limit]
    for lr, style in zip(rates, ("C0--", "C0", "C2", "C1", "C3")):
        w, b = path(np.array(x), np.array(y), lr, 80).T
        label = rf"$\eta = {lr:.3g}$"
        axes.plot(loss(w, b, x, y), style, lw=1.6, label=label)
    lowest = loss(*np.polyfit(x, y, 1), x, y)
    axes.axhline(lowest, color="#808894", ls=":", lw=1.5)
    axes.set(xlabel="$t$", ylabel="$L$", yscale="log", ylim=(2e4, None))
    axes.legend(loc="upper left")
    return figure


# --8<-- [end:figures]
