"""The losses of a fit, epoch by epoch, as a board shows them."""

from matplotlib.figure import Figure

from data.hubble_1929 import x, y
from gradient_descent.scratch import gradient, loss


# --8<-- [start:figures]
def losses(lr=0.5, epochs=300):
    w, b, heights = 0.0, 0.0, []
    for _ in range(epochs):
        heights.append(loss(w, b, x, y))
        dw, db = gradient(w, b, x, y)
        w, b = w - lr * dw, b - lr * db
    figure = Figure(figsize=(6.4, 3.2))
    axes = figure.subplots()
    axes.plot(range(30), heights[:30], color="C0")
    axes.axhline(heights[-1], color="C2", linestyle="--")
    axes.annotate("$24863.4$", (26, 30000), color="C2", ha="center")
    axes.set(xlabel="$t$", ylabel="$L$", xlim=(0, 29), ylim=(0, 140000))
    return figure


# --8<-- [end:figures]
