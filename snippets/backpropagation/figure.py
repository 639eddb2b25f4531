"""Figures: two graphs with values and gradients, and the cost of each way."""

from matplotlib.figure import Figure

from backpropagation.directions import backwards, forwards
from backpropagation.engine import Value
from backpropagation.models import deep, line, loss

GREY = "#808894"


# --8<-- [start:figures]
def _graph(figure, nodes, edges):
    """Draw (place, name, value, gradient) and (start, end, slope, place)."""
    axes = figure.subplots()
    middle = {"ha": "center", "va": "center"}
    for start, end, slope, at in edges:
        color, style = ("C1", "-") if slope else (GREY, ":")
        arrow = {"arrowstyle": "-|>", "color": color, "ls": style, "lw": 1.5}
        arrow |= {"shrinkA": 24, "shrinkB": 24}
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


def line_graph():
    w, b, xi, yi = Value(450.0), Value(-40.0), 2, 850
    p = w * xi
    z = p + b
    e = z - yi
    half = e**2 / 2
    half.backward()

    def node(column, row, name, value):
        shown = f"${value.data:.0f}$", f"${value.grad:.0f}$"
        return (column, row), f"${name}$", *shown

    nodes = {
        "w": node(0, 1, "w", w),
        "x": ((0, -1), "$x$", f"${xi}$", ""),
        "p": node(1.5, 0, "p", p),
        "b": node(1.5, -1.5, "b", b),
        "z": node(3, 0, "z", z),
        "y": ((3, -1.5), "$y$", f"${yi}$", ""),
        "e": node(4.5, 0, "e", e),
        "l": node(6, 0, r"\ell", half),
    }
    edges = [
        ("w", "p", f"${xi}$", (0.95, 0.7)),
        ("x", "p", "", None),
        ("p", "z", "$1$", (2.25, 0.2)),
        ("b", "z", "$1$", (2.45, -0.9)),
        ("z", "e", "$1$", (3.75, 0.2)),
        ("y", "e", "", None),
        ("e", "l", f"${e.data:.0f}$", (5.25, 0.2)),
    ]
    figure = Figure(figsize=(6.4, 3.2))
    axes = _graph(figure, nodes, edges)
    axes.set(xlim=(-0.6, 6.6), ylim=(-2.3, 1.6))
    return figure


def network_graph():
    w1, b1, w2, b2 = map(Value, (1.0, -1.5, 2.0, -0.5))
    xi, yi = 2, 0.85
    s = line(w1, b1, xi)
    g = s.tanh()
    z = line(w2, b2, g)
    j = loss(z, yi)
    j.backward()

    def node(column, row, name, value, digits=3):
        shown = f"${value.data:.{digits}f}$", f"${value.grad:.3f}$"
        return (column, row), f"${name}$", *shown

    nodes = {
        "w1": node(0, 1.3, "w_1", w1, 1),
        "x": ((0, 0), "$x$", f"${xi}$", ""),
        "b1": node(0, -1.3, "b_1", b1, 1),
        "s": node(1.7, 0, "s", s, 1),
        "g": node(3.2, 0, "g", g),
        "w2": node(3.2, 1.3, "w_2", w2, 1),
        "b2": node(3.2, -1.3, "b_2", b2, 1),
        "z": node(4.9, 0, r"\hat{y}", z),
        "y": ((4.9, -1.3), "$y$", f"${yi}$", ""),
        "j": ((6.4, 0), "$J$", f"${j.data:.3f}$", "$1$"),
    }
    edges = [
        ("w1", "s", f"${xi}$", (1.05, 0.8)),
        ("x", "s", "", None),
        ("b1", "s", "$1$", (1.05, -0.8)),
        ("s", "g", f"${1 - g.data**2:.3f}$", (2.45, 0.2)),
        ("w2", "z", f"${g.data:.3f}$", (4.35, 0.8)),
        ("g", "z", f"${w2.data:.1f}$", (4.05, 0.2)),
        ("b2", "z", "$1$", (4.2, -0.85)),
        ("z", "j", f"${z.data - yi:.3f}$", (5.65, 0.2)),
        ("y", "j", "", None),
    ]
    figure = Figure(figsize=(6.4, 3.4))
    axes = _graph(figure, nodes, edges)
    axes.set(xlim=(-0.6, 7), ylim=(-2, 1.8))
    return figure


def multiplications():
    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.subplots()
    layers = [1, 2, 4, 8, 16, 32, 64, 100]
    ways = []
    for count in layers:
        parameters = [(Value(0.9), Value(0.1)) for _ in range(count)]
        root = loss(deep(parameters, Value(2.0)), 0.5)
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
