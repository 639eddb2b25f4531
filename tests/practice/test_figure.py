import numpy as np
import pytest

from data.hubble_1929 import x, y
from practice import figure


def test_both_curves_are_drawn_over_the_data():
    left, _ = figure.overfitting().axes
    points, line, curve = left.lines
    assert list(points.get_xdata()) == x
    w, b = np.polyfit(x, y, deg=1)
    expected = w * line.get_xdata() + b
    assert line.get_ydata() == pytest.approx(expected)
    assert np.abs(np.diff(curve.get_ydata(), 2)).max() > 10


def test_the_loss_on_known_data_only_falls():
    _, right = figure.overfitting().axes
    known, new = (line.get_ydata() for line in right.lines)
    assert list(known) == sorted(known, reverse=True)
    assert all(a < b for a, b in zip(known, new, strict=True))
