import numpy as np
import pytest

from data.hubble_1929 import x, y
from gradient_descent.scratch import train as by_hand
from pytorch.figure import minibatch, same_path


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
