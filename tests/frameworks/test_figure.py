import numpy as np
import pytest

from frameworks import figure
from frameworks.concise import slope
from frameworks.scratch import loss


def test_the_straight_line_touches_the_curve_with_its_slope():
    line = figure.tangent().axes[0].lines[1]
    (x0, x1), (y0, y1) = line.get_xdata(), line.get_ydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope(loss, 2))
    assert np.interp(2, [x0, x1], [y0, y1]) == pytest.approx(loss(2))


def test_every_framework_of_the_list_is_drawn_once_in_order_of_birth():
    axes = figure.timeline().axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == list(figure.YEARS)
    assert len(set(names)) == 7
    first = [years[0] for years in figure.YEARS.values()]
    assert first == sorted(first)


def test_just_three_frameworks_reach_the_present():
    alive = {n for n, (_, last) in figure.YEARS.items() if last == figure.NOW}
    assert alive == {"TensorFlow", "PaddlePaddle", "PyTorch"}
