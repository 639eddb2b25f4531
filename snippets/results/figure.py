"""The fitted lines, the loss by epoch, the residuals, and H0 by year."""

import numpy as np
from matplotlib.figure import Figure

from data.hubble_1929 import x, y
from gradient_descent.scratch import gradient, loss
from linear_regression.solutions import fit_through_origin
from linear_regression.vectorized import least_squares
from results.scratch import age, errors, scatter, standard_errors
from results.solutions import error_at


# --8<-- [start:figures]
def _axes(columns=1, height=4.0):
    figure = Figure(figsize=(6.4, height))
    return figure, figure.subplots(1, columns)


def lines():
    figure, axes = _axes()
    w, b = least_squares(x, y)
    at = np.linspace(0, 2.1)
    line = w * at + b
    error = error_at(at, x, scatter(errors(w, b, x, y), len(x) - 2))
    axes.fill_between(
        at, line - error, line + error, color="C1", alpha=0.2, linewidth=0
    )
    axes.axhline(0, color="#808894", linewidth=0.8)
    axes.plot(x, y, "o", color="C0")
    axes.plot(at, line, color="C1")
    axes.plot(at, fit_through_origin(x, y) * at, "--", color="C2")
    axes.set(xlabel="$x$ / Mpc", ylabel="$y$ / (km/s)")
    axes.set(xlim=(-0.05, 2.15), ylim=(-350, 1250))
    return figure


def losses():
    figure, (left, right) = _axes(columns=2, height=3.4)
    w, b, values = 0.0, 0.0, []
    for _ in range(61):
        values.append(loss(w, b, x, y))
        dw, db = gradient(w, b, x, y)
        w, b = w - 0.5 * dw, b - 0.5 * db
    lowest = loss(*least_squares(x, y), x, y)
    left.plot(values, color="C0")
    left.axhline(lowest, color="#808894", linestyle=":")
    left.set(xlabel="$t$", ylabel="$L$", ylim=(0, None))
    right.plot([value - lowest for value in values], color="C0")
    right.set(xlabel="$t$", ylabel=r"$L - \hat{L}$", yscale="log")
    return figure


def residuals():
    figure, axes = _axes()
    error = errors(*least_squares(x, y), x, y)
    s = scatter(error, len(x) - 2)
    axes.axhspan(-s, s, color="C2", alpha=0.15, linewidth=0)
    axes.axhline(0, color="#808894", linewidth=0.8)
    axes.vlines(x, 0, error, color="C3", linewidth=1.2)
    axes.plot(x, error, "o", color="C0")
    axes.set(xlabel="$x_i$ / Mpc", ylabel="$e_i$ / (km/s)")
    axes.set(xlim=(-0.05, 2.15), ylim=(-580, 580))
    return figure


def history():
    figure, axes = _axes()
    years = [1927, 1929, 1952, 1956, 1958, 1975, 1979, 2001, 2018, 2022]
    values = [625, 500, 250, 180, 75, 55, 100, 72, 67.4, 73.04]
    axes.axhline(age(1) / 4.54, color="#808894", linestyle=":")
    axes.plot(years, values, "o", color="C0")
    w, b = least_squares(x, y)
    s_w, _ = standard_errors(x, scatter(errors(w, b, x, y), len(x) - 2))
    axes.errorbar(1929, w, s_w, fmt="_", color="C1", capsize=4)
    axes.set(yscale="log", ylim=(45, 800), yticks=[50, 70, 100, 200, 300, 500])
    axes.set_yticks([], minor=True)
    axes.yaxis.set_major_formatter("{x:.0f}")
    axes.set(ylabel=r"$H_0$ / (km/s/Mpc)", xlim=(1922, 2030))
    return figure


# --8<-- [end:figures]
