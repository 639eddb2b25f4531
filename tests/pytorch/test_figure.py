import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from gradient_descent.scratch import train as by_hand
from pytorch.figure import minibatch, same_path
from pytorch.minibatch import train_minibatch
from pytorch.module import line


def test_the_dots_from_scratch_lie_on_the_curve_of_pytorch():
    for k, axes in enumerate(same_path().axes):
        best, curve, dots = axes.lines
        assert best.get_ydata()[0] == pytest.approx(by_hand(x, y)[k])
        assert curve.get_xdata() == pytest.approx(range(61))
        for epochs, value in dots.get_xydata():
            expected = by_hand(x, y, epochs=int(epochs))[k]
            assert value == expected
            assert curve.get_ydata()[int(epochs)] == pytest.approx(
                expected, rel=1e-12
            )


def test_the_colours_of_minibatch_are_those_of_the_caption():
    shaking, calm, smooth, best = minibatch().axes[0].lines
    # from epoch to epoch, since the calm one still rises
    ends = [
        np.std(np.diff(curve.get_ydata()[-50:])) for curve in (shaking, calm)
    ]
    assert ends[0] > 2 * ends[1]
    # all at once: never down again
    assert (np.diff(smooth.get_ydata()) > 0).all()
    # with the same learning rate, six at a time rise faster at first
    assert shaking.get_ydata()[10] > smooth.get_ydata()[10]
    assert best.get_ydata()[0] == pytest.approx(by_hand(x, y)[0])
    colours = [curve.get_color() for curve in (shaking, calm, smooth)]
    assert colours == ["C1", "C2", "C0"]


def test_the_axes_are_epochs_and_parameters():
    left, right = same_path().axes
    assert (left.get_xlabel(), left.get_ylabel()) == ("$t$", "$w$")
    assert (right.get_xlabel(), right.get_ylabel()) == ("$t$", "$b$")
    (axes,) = minibatch().axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$w$")


def test_the_same_path_is_blue_with_orange_dots_and_a_dotted_level():
    for axes in same_path().axes:
        best, curve, dots = axes.lines
        assert best.get_linestyle() == ":"
        assert (curve.get_color(), dots.get_color()) == ("C0", "C1")
        assert (dots.get_marker(), dots.get_linestyle()) == ("o", "None")


def test_the_curves_of_minibatch_are_those_of_the_program():
    X, Y = (torch.tensor(v, dtype=torch.float64)[:, None] for v in (x, y))
    drawn = minibatch().axes[0].lines
    settings = ((0.1, 6), (0.02, 6), (0.1, 24))
    for curve, (lr, size) in zip(drawn[:3], settings, strict=True):
        path = train_minibatch(
            line(), X, Y, lr=lr, epochs=150, batch_size=size
        )
        assert list(curve.get_ydata()) == [0.0, *(w for w, _ in path)]
        assert list(curve.get_xdata()) == list(range(151))
        assert curve.get_label() == rf"$\eta = {lr}$, ${size}$"
