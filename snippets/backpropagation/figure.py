"""Figures: graphs with values and slopes, and tanh with its slope."""

import numpy as np
from matplotlib.figure import Figure

from backpropagation.scratch import (
    backward,
    forward,
    network_backward,
    network_forward,
)

GREY = "#808894"


# --8<-- [start:figures]
def _graph(figure, nodes, edges):
    """Draw (place, name, value, gradient), (start, end, slope, at, bend)."""
    axes = figure.subplots()
    middle = {"ha": "center", "va": "center"}
    for start, end, slope, at, *bend in edges:
        color, style = ("C1", "-") if slope else (GREY, ":")
        arrow = {"arrowstyle": "-|>", "color": color, "ls": style, "lw": 1.5}
        arrow |= {"shrinkA": 24, "shrinkB": 24}
        arrow |= {"connectionstyle": f"arc3,rad={sum(bend)}"}
        axes.annotate("", nodes[end][0], nodes[start][0], arrowprops=arrow)
        if slope:
            axes.text(*at, slope, color=color, size=11, **middle)
    for place, name, value, gradient in nodes.values():
        color = "C0" if gradient else GREY
        axes.plot(*place, "o", ms=47, mfc="none", mec=color, mew=1.5)
        column, row = place
        axes.text(column, row + 0.13, name, color=color, size=14, **middle)
        axes.text(column, row - 0.16, value, color=color, size=12, **middle)
        axes.text(column, row - 0.6, gradient, color="C3", size=12, **middle)
    axes.axis("off")
    return axes


def _line(ways):
    """Draw the line; ways to the loss are (share of e, place, bend)."""
    w, b, xi, yi = 450, -40, 2, 850
    p, z, e, half = forward(w, b, xi, yi)
    dw, db = backward(xi, e)

    def node(column, row, name, value, slope):
        return (column, row), f"${name}$", f"${value:.0f}$", slope

    nodes = {
        "w": node(0, 1, "w", w, f"${dw}$"),
        "x": node(0, -1, "x", xi, ""),
        "p": node(1.5, 0, "p", p, f"${e}$"),
        "b": node(1.5, -1.5, "b", b, f"${db}$"),
        "z": node(3, 0, "z", z, f"${e}$"),
        "y": node(3, -1.5, "y", yi, ""),
        "e": node(4.5, 0, "e", e, f"${e}$"),
        "l": node(6, 0, r"\ell", half, "$1$"),
    }
    edges = [
        ("w", "p", f"${xi}$", (0.95, 0.7)),
        ("x", "p", "", None),
        ("p", "z", "$1$", (2.25, 0.2)),
        ("b", "z", "$1$", (2.45, -0.9)),
        ("z", "e", "$1$", (3.75, 0.2)),
        ("y", "e", "", None),
    ]
    for share, at, bend in ways:
        edges.append(("e", "l", f"${e * share:.0f}$", at, bend))
    figure = Figure(figsize=(6.4, 3.2))
    axes = _graph(figure, nodes, edges)
    axes.set(xlim=(-0.6, 6.6), ylim=(-2.3, 1.6))
    return figure


def line_graph():
    return _line([(1, (5.25, 0.2), 0)])


def walk():
    return _line([(0.5, (5.25, 0.62), -0.45), (0.5, (5.25, -0.62), 0.45)])


def network_graph():
    w1, b1, w2, b2, xi, yi = 1.0, -1.5, 2.0, -0.5, 2, 0.85
    u, g, y_hat = network_forward(w1, b1, w2, b2, xi)
    dw1, db1, dw2, db2 = network_backward(w2, xi, yi, g, y_hat)
    du, dy_hat = db1, db2
    loss = (y_hat - yi) ** 2 / 2

    def node(column, row, name, value, slope=None, digits=3):
        shown = "" if slope is None else f"${slope:.3f}$"
        return (column, row), f"${name}$", f"${value:.{digits}f}$", shown

    nodes = {
        "w1": node(0, 1.3, "w_1", w1, dw1, 1),
        "x": node(0, 0, "x", xi, digits=0),
        "b1": node(0, -1.3, "b_1", b1, db1, 1),
        "u": node(1.7, 0, "u", u, du, 1),
        "g": node(3.2, 0, "g", g, dy_hat * w2),
        "w2": node(3.2, 1.3, "w_2", w2, dw2, 1),
        "b2": node(3.2, -1.3, "b_2", b2, db2, 1),
        "y_hat": node(4.9, 0, r"\hat{y}", y_hat, dy_hat),
        "y": node(4.9, -1.3, "y", yi, digits=2),
        "loss": ((6.4, 0), "$J$", f"${loss:.3f}$", "$1$"),
    }
    edges = [
        ("w1", "u", f"${xi}$", (1.05, 0.8)),
        ("x", "u", "", None),
        ("b1", "u", "$1$", (1.05, -0.8)),
        ("u", "g", f"${1 - g**2:.3f}$", (2.45, 0.2)),
        ("w2", "y_hat", f"${g:.3f}$", (4.35, 0.8)),
        ("g", "y_hat", f"${w2:.1f}$", (4.05, 0.2)),
        ("b2", "y_hat", "$1$", (4.2, -0.85)),
        ("y_hat", "loss", f"${y_hat - yi:.3f}$", (5.65, 0.2)),
        ("y", "loss", "", None),
    ]
    figure = Figure(figsize=(6.4, 3.4))
    axes = _graph(figure, nodes, edges)
    axes.set(xlim=(-0.6, 7), ylim=(-2, 1.8))
    return figure


def tanh_curve():
    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.subplots()
    u = np.linspace(-3.2, 3.2, 129)
    g = np.tanh(u)
    axes.plot(u, g, color="C0", label=r"$g = \tanh(u)$")
    axes.plot(u, 1 - g**2, "--", color="C1", label="$1 - g^2$")
    axes.plot(0.5, np.tanh(0.5), "o", color="C3")
    axes.axhline(0, color=GREY, lw=0.8)
    axes.set(xlabel="$u$", yticks=[-1, -0.5, 0, 0.5, 1])
    axes.grid(visible=True, alpha=0.4)
    axes.legend(loc="upper left")
    return figure


# --8<-- [end:figures]
