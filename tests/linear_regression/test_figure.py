import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression import figure

W_HAT, B_HAT = np.polyfit(x, y, deg=1)


def drawn(ax, style):
    return [line for line in ax.lines if line.get_linestyle() == style]


def test_line_shows_the_data_and_the_least_squares_line():
    (ax,) = figure.line().axes
    points, line = ax.lines
    assert list(points.get_xdata()) == x
    assert list(points.get_ydata()) == y
    slope, intercept = np.polyfit(*line.get_data(), deg=1)
    assert (slope, intercept) == pytest.approx((W_HAT, B_HAT))


def test_residuals_join_each_point_to_the_line():
    (ax,) = figure.residuals().axes
    segments = ax.collections[0].get_segments()
    assert len(segments) == 24
    for (x0, y0), (x1, z1) in segments:
        assert x0 == x1
        assert z1 == pytest.approx(450 * x0 - 40)
        assert y0 in y


def test_parabolas_are_lowest_at_the_best_line():
    left, right = figure.parabolas().axes
    for ax, best in ((left, B_HAT), (right, W_HAT)):
        at, losses = ax.lines[0].get_data()
        assert at[np.argmin(losses)] == pytest.approx(best)
        assert ax.lines[1].get_xdata() == pytest.approx([best])
        # Third differences of a parabola vanish.
        assert np.diff(losses, 3) == pytest.approx(0, abs=1e-6)


def test_wrong_way_shows_two_slopes_that_cross_at_the_centre():
    (ax,) = figure.wrong_way().axes
    slopes = []
    for line in ax.lines[1:3]:
        slope, intercept = np.polyfit(*line.get_data(), deg=1)
        slopes.append(slope)
        assert slope * np.mean(x) + intercept == pytest.approx(np.mean(y))
    assert slopes == pytest.approx([454.158, 728.366], abs=1e-3)


def test_outside_continues_the_line_of_the_near_nebulae():
    (ax,) = figure.outside().axes
    (dashed,) = drawn(ax, "--")
    slope, intercept = np.polyfit(*dashed.get_data(), deg=1)
    near = np.polyfit(x[:9], y[:9], deg=1)
    assert (slope, intercept) == pytest.approx(near)
