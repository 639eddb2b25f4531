"""Figures: pictures moved, kernels and their maps, accuracy by the shift."""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

from convolutional_network.concise import (
    ConvolutionalNetwork,
    learn,
    percent_right,
    shifted,
    three_sets,
)
from data import mnist
from multilayer_perceptron.concise import Network

MAKERS = (
    lambda: torch.nn.Linear(784, 10),
    lambda: Network(784, 64),
    ConvolutionalNetwork,
)
SHIFTS = range(-4, 5)
# By model, start and shift, in per cent; _measured() finds them again.
PERCENTS = (
    (
        (19, 34, 58, 81, 88, 84, 65, 42, 22),
        (19, 35, 58, 80, 88, 83, 64, 42, 22),
        (19, 34, 58, 80, 88, 83, 64, 42, 22),
    ),
    (
        (23, 36, 61, 83, 89, 84, 65, 44, 24),
        (24, 36, 59, 81, 88, 83, 65, 42, 22),
        (24, 37, 60, 83, 89, 84, 65, 41, 23),
    ),
    (
        (40, 56, 74, 90, 95, 93, 85, 66, 42),
        (41, 58, 76, 90, 93, 91, 77, 62, 44),
        (44, 59, 75, 89, 95, 93, 82, 63, 43),
    ),
)


@cache
def _sets():
    X, y = mnist.load(Path(mnist.__file__).with_name("mnist.gz"))
    X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
    return three_sets(X, y)


@cache
def _trained(kind, seed):
    torch.manual_seed(seed)
    return learn(MAKERS[kind](), *_sets()[0])


def _measured(kind, seed):
    model, (X, y) = _trained(kind, seed), _sets()[2]
    return [percent_right(model, shifted(X, right), y) for right in SHIFTS]


def _show(axes, image, **colours):
    axes.imshow(image.numpy(), interpolation="none", **colours)
    axes.set(xticks=[], yticks=[])


# --8<-- [start:figures]
def pictures():
    X = _sets()[0][0][::100]  # (10, 784)
    figure = Figure(figsize=(6.4, 1.6))
    rows = figure.subplots(2, 10)
    for row, right in zip(rows, (0, 2), strict=True):
        for axes, image in zip(row, shifted(X, right), strict=True):
            _show(axes, image.reshape(28, 28), cmap="gray_r", vmin=0, vmax=1)
    return figure


def kernels():
    model, image = _trained(2, 0), _sets()[2][0][400:401]
    with torch.no_grad():
        V = torch.relu(model.first(image.reshape(1, 1, 28, 28)))[0]
    W = model.first.weight.detach()[:, 0]
    figure = Figure(figsize=(6.4, 1.7))
    (corner, *above), (first, *below) = figure.subplots(2, 9)
    corner.set_axis_off()
    _show(first, image.reshape(28, 28), cmap="gray_r", vmin=0, vmax=1)
    top = W.abs().max().item()
    for axes, kernel in zip(above, W, strict=True):
        _show(axes, kernel, cmap="RdBu", vmin=-top, vmax=top)
    for axes, each in zip(below, V, strict=True):
        _show(axes, each, cmap="gray_r", vmin=0, vmax=V.max().item())
    return figure


def shifts():
    figure = Figure(figsize=(6.4, 3.6))
    axes = figure.subplots()
    for rows, style in zip(PERCENTS, ("C3:", "C1--", "C0-"), strict=True):
        for percents in rows:
            axes.plot(SHIFTS, percents, style, lw=1.3)
    axes.set(xlabel=r"$\rightarrow$ / px", ylabel="%", ylim=(0, 100))
    axes.set(xticks=SHIFTS, yticks=np.arange(0, 101, 20))
    axes.grid(visible=True)
    return figure


# --8<-- [end:figures]
