import numpy as np
import pytest

from data.hubble_1929 import x, y
from framework_claims import figure
from linear_regression.scratch import least_squares, loss
from rosetta import record


def test_the_curve_begins_at_the_loss_of_zero_and_falls():
    curve, _ = figure.losses().axes[0].lines
    heights = curve.get_ydata()
    assert heights[0] == pytest.approx(np.mean(np.square(y)) / 2)
    assert (np.diff(heights) < 0).all()
    assert list(curve.get_xdata()) == list(range(30))


def test_the_dashed_line_is_the_least_loss_and_bears_its_number():
    axes = figure.losses().axes[0]
    _, floor = axes.lines
    least = loss(*least_squares(x, y), x, y)
    assert floor.get_ydata()[0] == pytest.approx(least)
    assert floor.get_linestyle() == "--"
    assert [text.get_text() for text in axes.texts] == [f"${least:.1f}$"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$L$")


def test_the_curve_is_what_both_frameworks_wrote():
    axes = figure.losses().axes[0]
    ends = f"{axes.lines[0].get_ydata()[0]:.1f}"
    ends += f" {axes.lines[1].get_ydata()[0]:.1f}"
    printed = record.read()["board"]["printed"].splitlines()
    assert [line.split(" ", 2)[2] for line in printed] == [ends, ends]
