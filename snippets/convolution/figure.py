"""Figures: pixels shuffled, a patch, kernels, one in hand, spots."""

from pathlib import Path

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from convolution.vectorized import (
    correlate,
    feature_matrix,
    peaks,
    surround,
)
from data import deep_field
from several_inputs.vectorized import path

SMALL = np.array(
    [
        [0, 0, 0, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 3, 2, 0],
        [0, 1, 2, 1, 0],
        [0, 0, 0, 0, 0],
    ]
)
EDGES = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def _picture():
    return deep_field.load(
        Path(deep_field.__file__).with_name("deep_field.csv.gz")
    )


def _show(axes, image, **colours):
    axes.imshow(image, interpolation="none", **colours)
    axes.set(xticks=[], yticks=[])


def _frame(axes, at, height, width=None, lw=3):
    width = width or height
    frame = Rectangle(at, width, height, fill=False, ec="C1", lw=lw, zorder=3)
    axes.add_patch(frame)


def _write(axes, column, row, text, **style):
    axes.text(column, row, f"${text}$", ha="center", va="center", **style)


# --8<-- [start:figures]
def shuffled():
    V = _picture().mean(axis=0)
    mixed = np.random.default_rng(0).permutation(V.ravel()).reshape(V.shape)
    greys = colormaps["gray"].resampled(32)  # noise is small with few greys
    figure = Figure(figsize=(6.4, 3.3))
    sky, noise = figure.subplots(1, 2)
    for axes, image in ((sky, V), (noise, mixed)):
        _show(axes, image, cmap=greys, vmin=0, vmax=1)
    p, q = (40, 120), (105, 76)
    sky.plot(q, p, "o", mfc="none", mec="C1", ms=11, mew=1.2)
    return figure


def patch():
    figure = Figure(figsize=(6.4, 2.9))
    every = figure.subplots(1, 3, width_ratios=(5, 3, 3))
    Z = correlate(SMALL, EDGES)
    for axes, numbers, name in zip(every, (SMALL, EDGES, Z), "VWZ"):
        rows, columns = numbers.shape
        axes.set(xlim=(0, columns), ylim=(rows, 0), aspect="equal")
        axes.set(xticks=range(columns + 1), yticks=range(rows + 1))
        axes.tick_params(length=0, labelbottom=False, labelleft=False)
        axes.grid(visible=True, alpha=0.6)
        axes.set_title(f"${name}$")
        for (p, q), number in np.ndenumerate(numbers):
            _write(axes, q + 0.5, p + 0.5, f"{number:g}", size=16)
    for axes, (p, q), k in ((every[0], (1, 1), 3), (every[2], (1, 1), 1)):
        _frame(axes, (q, p), k)
    return figure


def kernels():
    V = _picture().mean(axis=0)[20:84, 60:124]
    figure = Figure(figsize=(6.4, 2.4))
    blur, edges, spots = figure.subplots(1, 3)
    _show(blur, correlate(V, np.full((5, 5), 1 / 25)), cmap="gray", vmin=0)
    Z = correlate(V, EDGES)
    _show(edges, Z, cmap="RdBu", vmin=-2, vmax=2)
    Z = correlate(V, surround())
    _show(spots, Z, cmap="RdBu", vmin=-0.3, vmax=0.3)
    return figure


def hand(p=39, q=104):
    V = _picture().mean(axis=0)
    Z = correlate(V[20:84, 60:124], EDGES)
    patch = V[p : p + 3, q : q + 3]
    figure = Figure(figsize=(6.4, 5.2), layout="none")
    axes = figure.add_axes([0, 0, 1, 1], xlim=(0, 614.4), ylim=(499.2, 0))
    axes.axis("off")
    top = abs(Z).max()
    signs = LinearSegmentedColormap.from_list("", ["C3", "#fff", "C0"])
    for left, image, rim, k, name, colours in (
        (8, V[20:84, 60:124], 0, 3, "V", {"cmap": "gray", "vmax": 1}),
        (318, Z, 1, 1, "Z", {"cmap": signs, "vmin": -top, "vmax": top}),
    ):
        first, last = 4.5 * rim, 288 - 4.5 * rim
        extent = (left + first, left + last, 30 + last, 30 + first)
        axes.imshow(image, extent=extent, interpolation="none", **colours)
        at = left + 4.5 * (q - 60 + rim), 30 + 4.5 * (p - 20 + rim)
        _frame(axes, at, 4.5 * k, lw=1.5)
        _write(axes, left + 144, 18, name, size=13)
    for left, numbers, digits, sign in (
        (8, patch, ".2f", r"\times"),
        (178, EDGES, "g", "="),
        (348, patch * EDGES, ".2f", r"\rightarrow"),
    ):
        for (r, m), number in np.ndenumerate(numbers):
            x, y, text = (
                left + 48 * m,
                346 + 48 * r,
                f"{number + 0.0:{digits}}",
            )
            cell = Rectangle((x, y), 48, 48, fill=False, ec="#808894", lw=0.8)
            axes.add_patch(cell)
            _write(axes, x + 24, y + 24, text, size=12)
        _write(axes, left + 157, 418, sign, size=13)
    _write(axes, 250, 332, "W", size=13)
    _frame(axes, (8, 346), 144)
    _frame(axes, (518, 394), 48, 88)
    _write(axes, 562, 418, f"{(patch * EDGES).sum():.2f}", size=13)
    axes.set(xlim=(0, 614.4), ylim=(499.2, 0), aspect="auto")
    return figure


def spots():
    picture = _picture()
    Z = correlate(np.pad(picture.mean(axis=0), 2), surround())
    p, q = peaks(Z, 0.1).T
    figure = Figure(figsize=(5.2, 5.2))
    axes = figure.subplots()
    _show(axes, np.moveaxis(picture, 0, -1))
    axes.plot(q, p, "o", mfc="none", mec="C1", ms=11, mew=1.2)
    return figure


def learning():
    V = _picture().mean(axis=0)
    y = correlate(V, EDGES).ravel()
    points = path(feature_matrix(V, 3), y, lr=1.0, epochs=3000)
    figure = Figure(figsize=(6.4, 2.2))
    every = figure.subplots(1, 4)
    for axes, t in zip(every, (30, 300, 3000, None), strict=True):
        W = EDGES if t is None else points[t, :9].reshape(3, 3)
        _show(axes, W, cmap="RdBu", vmin=-4, vmax=4)
        axes.set_title("$W$" if t is None else f"$t = {t}$")
        for (p, q), weight in np.ndenumerate(W):
            text = f"{weight:.1f}".replace("-0.0", "0.0")
            _write(axes, q, p, text, size=13, color="#202020")
    return figure


# --8<-- [end:figures]
