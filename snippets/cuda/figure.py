"""Orders and work in time; a matrix product, estimated and measured."""

import numpy as np
from matplotlib.figure import Figure

from cuda.measured import recorded
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
    sizes = [2**k for k in range(1, 14)]
    cpu = [recorded(f"product {m} cpu") for m in sizes]
    gpu = [recorded(f"product {m} cuda") for m in sizes]
    m = np.geomspace(2, 8192, 400)
    N = matmul_operations(m)
    r = matmul_operations(sizes[-1]) / cpu[-1]
    axes.loglog(m, seconds(N, tau=cpu[0], r=r), "--", color="C1")
    axes.loglog(m, seconds(N), color="C0")
    axes.loglog(sizes, cpu, "s", color="C1", markersize=5)
    axes.loglog(sizes, gpu, "o", color="C0", markersize=5)
    axes.axhline(20e-6, color="#808894", linestyle=":", linewidth=1.2)
    axes.text(2.2, 26e-6, r"$\tau$", color="#808894", fontsize=14)
    axes.set(xlabel="$m$", ylabel="$D$ / s", ylim=(1e-6, 2))
    return figure


# --8<-- [end:figures]
