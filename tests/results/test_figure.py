import numpy as np
import pytest

from data.hubble_1929 import x, y
from results import figure


def test_the_line_runs_through_the_mean_of_the_data():
    axes = figure.lines().axes[0]
    points, line, origin = axes.lines[1:4]
    assert list(points.get_xdata()) == x
    mean = np.interp(np.mean(x), line.get_xdata(), line.get_ydata())
    assert mean == pytest.approx(np.mean(y))
    assert origin.get_ydata()[0] == 0


def test_the_band_is_narrowest_at_the_mean_distance():
    axes = figure.lines().axes[0]
    (band,) = axes.collections
    at, edge = band.get_paths()[0].vertices.T
    line = np.interp(at, *axes.lines[2].get_data())
    narrowest = np.argmin(abs(edge - line)[at > 0])
    assert at[at > 0][narrowest] == pytest.approx(np.mean(x), abs=0.05)
    # Of 24 velocities with the same scatter the mean has 1/√24 of it.
    residuals = np.array(y) - np.polyval(np.polyfit(x, y, 1), x)
    s = (sum(residuals**2) / 22) ** 0.5
    assert abs(edge - line)[at > 0][narrowest] == pytest.approx(
        s / 24**0.5, rel=1e-3
    )


def test_the_excess_loss_falls_by_the_same_factor_each_epoch():
    _, right = figure.losses().axes
    values = np.array(right.lines[0].get_ydata())
    ratios = values[11:41] / values[10:40]
    hessian = [[np.mean(np.square(x)), np.mean(x)], [np.mean(x), 1]]
    smallest, _ = np.linalg.eigvalsh(hessian)
    assert ratios == pytest.approx((1 - 0.5 * smallest) ** 2, rel=1e-6)


def test_the_residuals_sum_to_zero():
    axes = figure.residuals().axes[0]
    assert sum(axes.lines[-1].get_ydata()) == pytest.approx(0, abs=1e-9)


def test_the_history_falls_below_the_line_of_the_earths_age():
    axes = figure.history().axes[0]
    limit, dots = axes.lines[0].get_ydata()[0], axes.lines[1].get_ydata()
    assert dots[0] > dots[1] > limit > max(dots[2:])
