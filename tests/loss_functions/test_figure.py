import numpy as np
import pytest

from data.hubble_1929 import x, y
from loss_functions import figure


def test_shapes_shows_three_losses_and_both_labels():
    left, middle, right = figure.shapes().axes
    gaps, losses = left.lines[0].get_data()
    assert losses == pytest.approx(np.abs(gaps))
    gaps, losses = middle.lines[0].get_data()
    assert losses == pytest.approx(np.square(gaps) / 2)
    (a, yes), (_, no) = (line.get_data() for line in right.lines)
    assert yes == pytest.approx(-np.log(a))
    assert no == pytest.approx(-np.log(1 - np.array(a)))


def test_minimisers_are_median_mean_and_frequency():
    best = []
    for ax in figure.minimisers().axes:
        curve, point = ax.lines[0], ax.lines[-1]
        assert point.get_ydata()[0] <= min(curve.get_ydata())
        best.append(point.get_xdata()[0])
    assert best == pytest.approx([850, 840, 19 / 24])


def test_the_absolute_loss_bends_at_the_data():
    bends = figure.minimisers().axes[0].lines[1]
    assert sorted(bends.get_xdata()) == sorted(y[-5:])


def test_typo_shows_that_only_least_squares_is_dragged_along():
    (ax,) = figure.typo().axes
    slopes = [np.polyfit(*line.get_data(), deg=1)[0] for line in ax.lines[:2]]
    assert slopes == pytest.approx([1568.54, 444.44], abs=5e-3)
    assert list(ax.lines[2].get_xdata()) == x
    assert max(ax.lines[2].get_ydata()) == 10900
