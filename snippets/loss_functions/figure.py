"""Shapes of three losses, their minimisers, and a typing error."""

from matplotlib.figure import Figure

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from loss_functions.scratch import absolute, log_loss, mean, on_all, squared
from loss_functions.solutions import least_absolute_line, median

FAR = y[-5:]
LABELS = [int(yi > 0) for yi in y]


def _range(start, stop, count=201):
    return [start + (stop - start) * k / (count - 1) for k in range(count)]


def shapes():
    """Draw what each of the three losses charges for one sample."""
    figure = Figure(figsize=(7.2, 2.8), layout="constrained")
    left, middle, right = figure.subplots(1, 3)
    gaps = _range(-3, 3)
    left.plot(gaps, [absolute(e, 0) for e in gaps])
    left.set(xlabel="$z_i - y_i$", ylabel="$A_i$", ylim=(-0.2, 4.7))
    middle.plot(gaps, [squared(e, 0) for e in gaps])
    middle.set(xlabel="$z_i - y_i$", ylabel=r"$\ell_i$", ylim=(-0.2, 4.7))
    a = _range(0.01, 0.99)
    right.plot(a, [log_loss(p, 1) for p in a], color="C2")
    right.plot(a, [log_loss(p, 0) for p in a], color="C3", linestyle="--")
    right.text(0.12, 3.3, "$y_i = 1$", size=13, color="C2")
    right.text(0.88, 3.3, "$y_i = 0$", size=13, color="C3", ha="right")
    right.set(xlabel="$a$", ylabel="$C_i$", ylim=(-0.2, 4.7))
    return figure


def minimisers():
    """Draw each mean loss of a constant, and where it is lowest."""
    figure = Figure(figsize=(7.2, 2.8), layout="constrained")
    left, middle, right = figure.subplots(1, 3)
    c = _range(400, 1200, 401)
    a = _range(0.005, 0.995)
    for ax, one, constants, values, best, label in (
        (left, absolute, c, FAR, median(FAR), "$F(c)$"),
        (middle, squared, c, FAR, mean(FAR), "$G(c)$"),
        (right, log_loss, a, LABELS, mean(LABELS), "$H(a)$"),
    ):
        ax.plot(constants, [on_all(one, k, values) for k in constants])
        if one is not log_loss:
            data = [on_all(one, k, values) for k in values]
            ax.plot(values, data, "o", markersize=4, color="#808894")
        ax.plot(best, on_all(one, best, values), "o", color="C1")
        ax.set(xlabel=f"${label[3]}$", ylabel=label)
    return figure


def typo(wrong=10900):
    """Draw two lines through data with a digit too many in the last value."""
    figure = Figure(figsize=(6.4, 4), layout="constrained")
    ax = figure.add_subplot()
    typed = [*y[:-1], wrong]
    ends = [0, 2.1]
    for line, color, style, side in (
        (least_squares(x, typed), "C3", "--", "bottom"),
        (least_absolute_line(x, typed), "C1", "-", "top"),
    ):
        w, b = line
        ax.plot(ends, [w * k + b for k in ends], style, color=color)
        shift = 250 if side == "bottom" else -450
        ax.text(
            1.5,
            w * 1.5 + b + shift,
            f"$w = {w:.0f}$",
            size=13,
            color=color,
            ha="right",
            va=side,
        )
    ax.plot(x, typed, "o", color="C0")
    ax.set(xlabel="$x$ / Mpc", ylabel="$y$ / (km/s)", xlim=(-0.05, 2.15))
    return figure
