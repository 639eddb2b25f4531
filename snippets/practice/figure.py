"""A line and a polynomial on the same data, and their losses."""

import numpy as np
from matplotlib.figure import Figure

from data.hubble_1929 import x, y
from practice.pitfalls import fit, leave_one_out, loss

x, y = np.array(x), np.array(y)


# --8<-- [start:figures]
def overfitting():
    figure = Figure(figsize=(6.4, 3.8))
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    grid = np.linspace(0, 2.2, 441)
    left.plot(x, y, "o", color="C0", markersize=4)
    left.plot(grid, fit(x, y, 1)(grid), color="C1")
    left.plot(grid, fit(x, y, 7)(grid), color="C3")
    left.set(xlabel="$x$ / Mpc", ylabel="$y$ / (km/s)", ylim=(-600, 1700))
    degrees = range(8)
    seen = [loss(x, y, k) for k in degrees]
    unseen = [leave_one_out(x, y, k).mean() for k in degrees]
    right.plot(degrees, seen, "o-", color="C0")
    right.plot(degrees, unseen, "s--", color="C3")
    right.set(xlabel="$k$", ylabel="$L$", yscale="log", xticks=degrees)
    right.set_yticks([20_000, 50_000, 100_000])
    right.set_yticks([], minor=True)
    right.yaxis.set_major_formatter("{x:.0f}")
    return figure


# --8<-- [end:figures]
