"""Figures: the graph with its local slopes, and slopes that multiply."""

import numpy as np

from chain_rule.scratch import loss, predict

# --8<-- [start:figures]
import matplotlib.pyplot as plt


def graph():
    figure, axes = plt.subplots(figsize=(6.4, 3.6))
    grey = "#808894"
    nodes = {  # (column, row), value, colour
        "w": ((0, 1.5), "450", "C0"),
        "x": ((0, 0), "2", grey),
        "b": ((0, -1.5), "-40", "C0"),
        "z": ((2.2, 0), "860", "C0"),
        "y": ((2.2, -1.5), "850", grey),
        r"\ell": ((4.4, 0), "50", "C0"),
    }
    edges = [("w", "z"), ("x", "z"), ("b", "z"), ("z", r"\ell"),
             ("y", r"\ell")]
    for start, end in edges:
        color = grey if start in "xy" else "C1"
        axes.annotate("", nodes[end][0], nodes[start][0], arrowprops={
            "arrowstyle": "-|>", "color": color, "linewidth": 1.5,
            "linestyle": ":" if start in "xy" else "-",
            "shrinkA": 19, "shrinkB": 19})
    for name, ((column, row), value, color) in nodes.items():
        axes.plot(column, row, "o", markersize=36, color="none",
                  markeredgecolor=color, markeredgewidth=1.5)
        axes.text(column, row + 0.02, f"${name}$", fontsize=14, color=color,
                  ha="center", va="bottom")
        axes.text(column, row - 0.06, f"${value}$", fontsize=10,
                  ha="center", va="top")
    labels = [
        (1.2, 1.35, r"\frac{\partial z}{\partial w} = x = 2", "C1"),
        (1.2, -1.35, r"\frac{\partial z}{\partial b} = 1", "C1"),
        (3.3, 0.5, r"\frac{\partial \ell}{\partial z} = z - y = 10", "C1"),
        (-1.1, 1.5, r"10 \times 2 = 20", "C3"),
        (-1.1, -1.5, r"10 \times 1 = 10", "C3"),
    ]
    for column, row, text, color in labels:
        axes.text(column, row, f"${text}$", color=color, fontsize=14,
                  ha="center", va="center")
    axes.set(xlim=(-2.1, 4.9), ylim=(-2, 2))
    axes.axis("off")
    return figure


def tangents():
    w, b, xi, yi = 450, -40, 2, 850
    z = predict(w, b, xi)
    panels = [  # f, v, reach, slope, across, up
        (lambda w: predict(w, b, xi), w, 5, 2, "w", "z"),
        (lambda z: (z - yi) ** 2 / 2, z, 10, 10, "z", r"\ell"),
        (lambda w: loss(w, b, xi, yi), w, 5, 20, "w", r"\ell"),
    ]
    figure, row = plt.subplots(1, 3, figsize=(6.4, 2.9))
    for axes, (f, v, reach, slope, across, up) in zip(row, panels):
        grid = np.linspace(v - reach, v + reach, 81)
        axes.plot(grid, f(grid), color="C0")
        axes.plot(grid, f(v) + slope * (grid - v), "--", color="C1")
        axes.plot(v, f(v), "o", color="C1")
        axes.set(xlabel=f"${across}$", ylabel=f"${up}$",
                 title=rf"$\partial {up} / \partial {across} = {slope}$")
    return figure
# --8<-- [end:figures]
