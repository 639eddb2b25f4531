"""Figures: the sky, the angles, the descent, the predictions."""

import numpy as np
from matplotlib.figure import Figure

from data.hubble_1929 import x, y
from data.nebulae_j2000 import dec, ra
from linear_regression.vectorized import least_squares as line
from several_inputs.vectorized import features, least_squares, motion, path


# --8<-- [start:figures]
def sky():
    figure = Figure(figsize=(6.4, 3.9))
    axes = figure.subplots()
    w, b = line(x, y)
    error = w * np.array(x) + b - y
    X = features(x, ra, dec)
    _, a, d = motion(least_squares(X, np.array(y)))
    axes.plot(*_side(a, d), ":", color="#808894", lw=1.5)
    axes.plot(a, d, "*", color="C1", ms=16, zorder=3)
    axes.plot((a + 180) % 360, -d, "X", color="C1", ms=10, zorder=3)
    colors = ["C0" if e > 0 else "C3" for e in error]
    dots = {"alpha": 0.7, "linewidths": 0}
    axes.scatter(ra, dec, s=np.abs(error), c=colors, **dots)
    axes.set(xlabel=r"$\varphi$ / °", ylabel=r"$\theta$ / °")
    axes.set(xlim=(0, 360), ylim=(-90, 90), aspect="equal")
    axes.set(xticks=range(0, 361, 60), yticks=range(-90, 91, 30))
    return figure


def _side(a, d):
    # theta on the circle at 90 degrees from the place (a, d)
    phi = np.linspace(0, 360, 361)
    cosine = np.cos(np.radians(phi - a))
    return phi, np.degrees(np.arctan(-cosine / np.tan(np.radians(d))))


def approach():
    figure = Figure(figsize=(6.4, 3.9))
    axes = figure.subplots()
    for degrees in range(0, 360, 45):
        angle = np.radians(degrees)
        place = 2 * np.array([np.cos(angle), np.sin(angle)])
        axes.plot(*zip((0, 0), place), ":", color="#808894", lw=1)
        axes.plot(*place, "o", color="#808894", ms=8)
        share = np.cos(angle)
        if abs(share) > 1e-9:
            color = "C0" if share > 0 else "C3"
            _arrow(axes, place, place * (1 - share / 2), color)
    _arrow(axes, (0, 0), (1, 0), "C1")
    axes.plot(0, 0, "o", color="C1", ms=12)
    axes.set(xlim=(-3.3, 2.4), ylim=(-2.4, 2.4), aspect="equal")
    axes.set_axis_off()
    return figure


def _arrow(axes, start, end, color):
    style = {"arrowstyle": "-|>", "color": color, "lw": 2.5}
    style |= {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)


def descent():
    figure = Figure(figsize=(6.4, 4))
    axes = figure.subplots()
    X = features(x, ra, dec)
    goal = least_squares(X, np.array(y))
    points = path(X, np.array(y), epochs=60)
    for j in range(4):
        color = f"C{j}"
        axes.axhline(goal[j], color=color, ls=":", lw=1.2)
        axes.plot(points[:, j], color=color, label=f"$W_{j + 1}$")
    axes.set(xlabel="$t$", ylabel="$W_j$", xlim=(0, 60), ylim=(-260, 580))
    axes.legend(loc="upper right", ncols=4)
    return figure


def predictions():
    figure = Figure(figsize=(6.4, 5))
    axes = figure.subplots()
    w, b = line(x, y)
    X = features(x, ra, dec)
    before = w * np.array(x) + b
    after = X @ least_squares(X, np.array(y))
    axes.plot((-300, 1150), (-300, 1150), color="#808894", lw=1)
    axes.vlines(y, before, after, color="#808894", lw=1)
    axes.plot(y, before, "o", color="C1", mfc="none", label=r"$w x_i + b$")
    axes.plot(y, after, "o", color="C0", label=r"$z_i$")
    axes.set(xlabel="$y_i$ / (km/s)", ylabel="$z_i$ / (km/s)")
    axes.set(xlim=(-300, 1150), ylim=(-300, 1150), aspect="equal")
    axes.legend(loc="upper left")
    return figure


# --8<-- [end:figures]
