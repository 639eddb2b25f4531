"""A figure: the cost of each direction."""

from matplotlib.figure import Figure

from automatic_differentiation.directions import backwards, forwards
from automatic_differentiation.engine import Value
from automatic_differentiation.models import deep, squared


# --8<-- [start:figures]
def multiplications():
    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.subplots()
    layers = [1, 2, 4, 8, 16, 32, 64, 100]
    ways = []
    for count in layers:
        parameters = [(Value(0.9), Value(0.1)) for _ in range(count)]
        root = squared(deep(parameters, Value(2.0)), 0.5)
        each = [forwards(root, v)[1] for pair in parameters for v in pair]
        ways.append((sum(each), backwards(root)[1]))
    numbers = [2 * count for count in layers]
    for counts, color in zip(zip(*ways), ("C1", "C0")):
        axes.loglog(numbers, counts, "o-", color=color, ms=4)
        axes.annotate(
            f"${counts[-1]}$",
            (numbers[-1], counts[-1]),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            color=color,
            annotation_clip=False,
        )
    ticks = [2, 4, 8, 16, 32, 64, 128, 200]
    axes.set_xticks(ticks, [f"${tick}$" for tick in ticks])
    axes.minorticks_off()
    axes.set(xlabel="$2 K$", xlim=(1.8, 420))
    axes.grid(visible=True)
    return figure


# --8<-- [end:figures]
