"""Figures: the graph with its local slopes, and slopes that multiply."""

import numpy as np
from matplotlib.figure import Figure

from chain_rule.scratch import predict, sample_loss


# --8<-- [start:figures]
def graph():
    figure = Figure(figsize=(5.4, 3.4))
    axes = figure.subplots()
    grey = "#808894"
    nodes = {  # (column, row), value, color
        "w": ((0, 1.5), "450", "C0"),
        "x": ((0, 0), "2", grey),
        "b": ((0, -1.5), "-40", "C0"),
        "z": ((2.2, 0), "860", "C0"),
        "y": ((2.2, -1.5), "850", grey),
        "l": ((4.4, 0), "50", "C0"),
    }
    for start, end in ("wz", "xz", "bz", "zl", "yl"):
        color, line = (grey, ":") if start in "xy" else ("C1", "-")
        arrow = {"arrowstyle": "-|>", "color": color, "ls": line, "lw": 1.5}
        arrow |= {"shrinkA": 22, "shrinkB": 22}
        axes.annotate("", nodes[end][0], nodes[start][0], arrowprops=arrow)
    middle = {"ha": "center", "va": "center"}
    large = middle | {"size": 14}
    for name, ((column, row), value, color) in nodes.items():
        axes.plot(column, row, "o", ms=43, mfc="none", mec=color, mew=1.5)
        symbol = name.replace("l", r"\ell")
        axes.text(column, row + 0.14, f"${symbol}$", color=color, **large)
        axes.text(column, row - 0.2, f"${value}$", fontsize=12, **middle)
    labels = [
        (1.45, 1.35, r"\dfrac{\partial z}{\partial w} = x = 2", "C1"),
        (1.2, -1.35, r"\dfrac{\partial z}{\partial b} = 1", "C1"),
        (3.4, 0.65, r"\dfrac{\partial \ell}{\partial z} = z - y = 10", "C1"),
        (-1.1, 1.5, r"10 \times 2 = 20", "C3"),
        (-1.1, -1.5, r"10 \times 1 = 10", "C3"),
    ]
    for column, row, text, color in labels:
        axes.text(column, row, f"${text}$", color=color, **large)
    axes.set(xlim=(-2.1, 4.9), ylim=(-2, 2))
    axes.axis("off")
    return figure


def tangents():
    w, b, xi, yi = 450, -40, 2, 850
    z = predict(w, b, xi)
    panels = [  # f, v, reach, slope, across, up
        (lambda w: predict(w, b, xi), w, 5, 2, "w", "z"),
        (lambda z: (z - yi) ** 2 / 2, z, 10, 10, "z", r"\ell"),
        (lambda w: sample_loss(w, b, xi, yi), w, 5, 20, "w", r"\ell"),
    ]
    figure = Figure(figsize=(6.4, 2.9))
    row = figure.subplots(1, 3)
    for axes, (f, v, reach, slope, across, up) in zip(row, panels):
        grid = np.linspace(v - reach, v + reach, 81)
        axes.plot(grid, f(grid), color="C0")
        axes.plot(grid, f(v) + slope * (grid - v), "--", color="C1")
        axes.plot(v, f(v), "o", color="C1")
        axes.set_title(rf"$\partial {up} / \partial {across} = {slope}$")
        axes.set(xlabel=f"${across}$", ylabel=f"${up}$")
    return figure


# --8<-- [end:figures]
