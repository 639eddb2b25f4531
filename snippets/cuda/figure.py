"""Orders and work in time; the estimated time of a matrix product."""

import numpy as np
from matplotlib.figure import Figure

from cuda.scratch import matmul_operations, seconds


# --8<-- [start:figures]
def timeline():
    figure = Figure(figsize=(6.4, 2.4))
    axes = figure.add_subplot()
    orders = [(0.5 * k, 0.4) for k in range(4)]
    work = [(1.0 + 2.2 * k, 2.1) for k in range(4)]
    axes.broken_barh(orders, (1.1, 0.6), color="C1")
    axes.broken_barh(work, (0.1, 0.6), color="C0")
    for k, t in enumerate((0, 1.9, 9.7)):
        axes.axvline(t, color="#808894", linestyle=":", linewidth=1.2)
        axes.text(t, 1.85, f"$t_{k}$", ha="center", color="#808894")
    axes.set(xlabel="$t$", xticks=[], xlim=(-0.3, 10.3), ylim=(0, 1.8))
    axes.set_yticks([0.4, 1.4], ["GPU", "CPU"])
    return figure


def estimate():
    figure = Figure(figsize=(6.4, 4))
    axes = figure.add_subplot()
    m = np.geomspace(2, 8192, 400)
    N = matmul_operations(m)
    axes.loglog(m, seconds(N, tau=0, r=1e11), "--", color="C1")
    axes.loglog(m, seconds(N), color="C0")
    axes.axhline(20e-6, color="#808894", linestyle=":", linewidth=1.2)
    axes.text(2.2, 34e-6, r"$\tau$", color="#808894", fontsize=14)
    axes.set(xlabel="$m$", ylabel="$D$ / s", ylim=(1e-10, 20))
    return figure


# --8<-- [end:figures]
