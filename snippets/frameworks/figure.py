"""The slope of a score at one point, and the years of the frameworks."""

from matplotlib.figure import Figure

from frameworks.scratch import score

# --8<-- [start:years]
NOW = 2026
YEARS = {  # first, last
    "Torch": (2002, 2017),
    "Theano": (2009, 2020),
    "Caffe": (2013, 2017),
    "MXNet": (2015, 2022),
    "TensorFlow": (2015, NOW),
    "PaddlePaddle": (2016, NOW),
    "PyTorch": (2017, NOW),
}


# --8<-- [end:years]


# --8<-- [start:figures]
def tangent():
    figure = Figure(figsize=(6.4, 3.6))
    axes = figure.subplots()
    w = [1 + 4 * i / 100 for i in range(101)]
    axes.plot(w, [score(wi) for wi in w], color="C0")
    ends = [1.45, 2.45]
    axes.plot(ends, [4.5 - 9 * (wi - 2) for wi in ends], color="C1")
    axes.plot([2], [score(2)], "o", color="C1")
    axes.plot([3], [0], "*", color="C2", markersize=14)
    axes.annotate("$-9$", (1.62, 5.2), color="C1", fontsize=13, ha="center")
    axes.set(xticks=[1, 2, 3, 4, 5], yticks=[0, 5, 10, 15])
    axes.set(xlabel="$w$", ylabel="$f(w)$", xlim=(1, 5), ylim=(-0.8, 18))
    return figure


def timeline():
    figure = Figure(figsize=(6.4, 3.6))
    axes = figure.subplots()
    for row, (first, last) in enumerate(YEARS.values()):
        colour = "C0" if last == NOW else "#808894"
        axes.plot(
            [first, last],
            [row, row],
            color=colour,
            linewidth=7,
            solid_capstyle="butt",
        )
        if last == NOW:
            axes.plot([last + 0.2], [row], ">", color=colour, markersize=11)
    axes.set(xlim=(2001, 2027.5), ylim=(len(YEARS) - 0.4, -0.6))
    axes.set_yticks(range(len(YEARS)), list(YEARS))
    axes.set_xticks([2002, 2007, 2012, 2017, 2022, 2026])
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    return figure


# --8<-- [end:figures]
