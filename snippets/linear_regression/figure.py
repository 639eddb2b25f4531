"""The data and the line, its residuals, two parabolas, two regressions."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from data.hubble_1929 import x, y
from linear_regression.scratch import (
    covariance,
    least_squares,
    loss,
    mean,
    predict,
    residual,
)


def _scatter():
    """Return a figure with the 24 nebulae, and its axes."""
    figure = Figure(figsize=(6.4, 4), layout="constrained")
    ax = figure.add_subplot()
    ax.plot(x, y, "o", color="C0")
    ax.set(xlabel="$x$ / Mpc", ylabel="$y$ / (km/s)")
    ax.set(xlim=(-0.05, 2.15), ylim=(-350, 1250))
    return figure, ax


def line():
    """Draw the nebulae and their least-squares line."""
    figure, ax = _scatter()
    w, b = least_squares(x, y)
    ends = [0, 2.1]
    ax.plot(ends, [predict(w, b, xi) for xi in ends], color="C1")
    ax.text(1.35, 420, f"$z = {w:.1f}\\,x - {-b:.1f}$", size=13, color="C1")
    return figure


def residuals(w=450, b=-40, i=15):
    """Draw the gaps between a line and the data, and name one of them."""
    figure, ax = _scatter()
    ends = [0, 2.1]
    ax.plot(ends, [predict(w, b, xi) for xi in ends], color="C1")
    z = [predict(w, b, xi) for xi in x]
    ax.vlines(x, y, z, color="C3", linewidth=1.2)
    ax.plot([x[i], x[i]], [-350, min(y[i], z[i])], ":", color="#808894")
    ax.text(x[i] + 0.03, -320, "$x_i$", size=16, color="#808894")
    ax.text(x[i] + 0.03, y[i] + 10, "$y_i$", size=16, color="C0")
    ax.text(x[i] + 0.03, z[i] - 60, "$z_i$", size=16, color="C1")
    ax.text(x[i] + 0.03, (y[i] + z[i]) / 2, "$e_i$", size=16, color="C3")
    return figure


def parabolas():
    """Draw the loss along b, and along w with the best b for each w."""
    figure = Figure(figsize=(6.4, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    w_hat, b_hat = least_squares(x, y)
    steps = [k / 50 - 1 for k in range(101)]
    bs = [b_hat + 250 * s for s in steps]
    left.plot(bs, [loss(w_hat, b, x, y) for b in bs], color="C0")
    left.plot(b_hat, loss(w_hat, b_hat, x, y), "o", color="C1")
    left.set(xlabel="$b$ / (km/s)", ylabel="$L$")
    ws = [w_hat + 400 * s for s in steps]
    best = [mean(y) - w * mean(x) for w in ws]
    right.plot(ws, [loss(w, b, x, y) for w, b in zip(ws, best)], color="C0")
    right.plot(w_hat, loss(w_hat, b_hat, x, y), "o", color="C1")
    right.set(xlabel="$w$ / (km/s/Mpc)")
    left.set_ylim(0, 60000)
    for ax in (left, right):
        ax.axhline(loss(w_hat, b_hat, x, y), color="#808894", linestyle=":")
    return figure


def wrong_way():
    """Draw y regressed on x, and x regressed on y."""
    figure, ax = _scatter()
    w, b = least_squares(x, y)
    ends = [0, 2.1]
    gentle = [predict(w, b, xi) for xi in ends]
    ax.plot(ends, gentle, color="C1")
    steep = covariance(y, y) / covariance(x, y)
    z = [predict(steep, mean(y) - steep * mean(x), xi) for xi in ends]
    ax.plot(ends, z, "--", color="C3")
    ax.fill_between(ends, gentle, z, color="#808894", alpha=0.15, linewidth=0)
    ax.plot(mean(x), mean(y), "s", color="#808894")
    ax.text(1.45, 520, f"$w = {w:.1f}$", size=13, color="C1")
    ax.text(1.35, 1000, f"$w = {steep:.1f}$", size=13, color="C3")
    return figure


def outside(limit=0.5):
    """Draw the line of the near nebulae, and how it misses the far ones."""
    figure, ax = _scatter()
    near = [(xi, yi) for xi, yi in zip(x, y) if xi <= limit]
    w, b = least_squares(*zip(*near))
    ax.plot(*zip(*near), "o", color="C2")
    ax.plot([0, limit], [b, predict(w, b, limit)], color="C2")
    ends = [limit, 2.1]
    z = [predict(w, b, xi) for xi in ends]
    ax.plot(ends, z, "--", color="C2")
    ax.text(1.45, 240, f"$w = {w:.1f}$", size=13, color="C2")
    w, b = least_squares(x, y)
    ends = [0, 2.1]
    ax.plot(ends, [predict(w, b, xi) for xi in ends], color="C1")
    ax.text(1.45, 740, f"$w = {w:.1f}$", size=13, color="C1", ha="right")
    return figure


def squares(w=500, b=0):
    """Draw the residuals of a line, each with the square that it costs."""
    figure, ax = _scatter()
    ax.set_xlim(-0.35, 2.6)
    ends = [0, 2.1]
    ax.plot(ends, [predict(w, b, xi) for xi in ends], color="C1")
    ax.vlines(x, y, [predict(w, b, xi) for xi in x], color="C3", linewidth=1.2)
    figure.draw_without_rendering()  # only now its axes have their size
    scale = ax.transData.get_matrix()
    red = {"color": "C3", "alpha": 0.1, "linewidth": 0}
    for xi, yi in zip(x, y):
        e = residual(predict(w, b, xi), yi)
        width = e * scale[1, 1] / scale[0, 0]  # as wide as it is high
        ax.add_patch(Rectangle((xi, yi), width, e, **red))
    return figure
