import re
from pathlib import Path

import numpy as np
import pytest

from data.hubble_1929 import x, y
from results import figure
from results.scratch import age


def labels(ax):
    return ax.get_xlabel(), ax.get_ylabel()


def test_lines_shows_all_data_and_names_its_axes():
    axes = figure.lines().axes[0]
    points, line, origin = axes.lines[1:4]
    assert labels(axes) == ("$x$ / Mpc", "$y$ / (km/s)")
    assert (axes.get_xlim(), axes.get_ylim()) == ((-0.05, 2.15), (-350, 1250))
    assert list(points.get_ydata()) == y
    assert [line.get_color() for line in axes.lines[1:]] == ["C0", "C1", "C2"]
    assert origin.get_linestyle() == "--"
    w, b = np.polyfit(x, y, deg=1)
    assert np.polyfit(*line.get_data(), deg=1) == pytest.approx((w, b))
    w_0 = np.dot(x, y) / np.dot(x, x)
    slope, _ = np.polyfit(*origin.get_data(), deg=1)
    assert slope == pytest.approx(w_0)


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


def test_losses_names_its_axes_and_begins_at_the_flat_line():
    left, right = figure.losses().axes
    assert labels(left) == ("$t$", "$L$")
    assert labels(right) == ("$t$", r"$L - \hat{L}$")
    assert (left.get_yscale(), right.get_yscale()) == ("linear", "log")
    values = left.lines[0].get_ydata()
    assert values[0] == pytest.approx(np.mean(np.square(y)) / 2)
    assert len(values) == 61
    dotted = left.lines[1]
    assert dotted.get_linestyle() == ":"
    residuals = np.polyval(np.polyfit(x, y, deg=1), x) - y
    assert dotted.get_ydata()[0] == pytest.approx(np.mean(residuals**2) / 2)


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


def test_the_residuals_are_those_of_each_nebula_and_the_band_is_s_wide():
    axes = figure.residuals().axes[0]
    assert labels(axes) == ("$x_i$ / Mpc", "$e_i$ / (km/s)")
    points = axes.lines[-1]
    expected = np.polyval(np.polyfit(x, y, deg=1), x) - y
    assert list(points.get_xdata()) == x
    assert points.get_ydata() == pytest.approx(expected)
    for (x0, y0), (x1, y1) in axes.collections[0].get_segments():
        assert (x0, y0) == (x1, 0)
        assert y1 in points.get_ydata()
    assert axes.get_ylim()[0] < min(expected) < max(expected)
    assert max(expected) < axes.get_ylim()[1]
    (band,) = axes.patches
    s = (sum(expected**2) / 22) ** 0.5
    assert band.get_y() == pytest.approx(-s)
    assert band.get_height() == pytest.approx(2 * s)


def test_the_history_falls_below_the_line_of_the_earths_age():
    axes = figure.history().axes[0]
    limit, dots = axes.lines[0].get_ydata()[0], axes.lines[1].get_ydata()
    assert limit == pytest.approx(age(1) / 4.54)
    assert min(dots[:3]) > limit > max(dots[3:])


def test_the_history_shows_the_values_of_the_table():
    axes = figure.history().axes[0]
    dots = axes.lines[1]
    assert (dots.get_marker(), dots.get_color()) == ("o", "C0")
    # The table of the page: year, who, value.
    page = (Path(__file__).parents[2] / "docs/en/results.md").read_text(
        "utf-8"
    )
    table = re.findall(
        r"^\| (\d{4}) \| .*\| ([\d.]+)[^|]*\|$", page, re.MULTILINE
    )
    assert len(table) == 10
    assert list(dots.get_xdata()) == [int(year) for year, _ in table]
    assert list(dots.get_ydata()) == [float(value) for _, value in table]
    assert axes.get_yscale() == "log"
    assert axes.get_ylabel() == r"$H_0$ / (km/s/Mpc)"


def test_the_history_has_our_result_with_its_standard_error():
    axes = figure.history().axes[0]
    (bar,) = axes.containers
    (w, _), covariance = np.polyfit(x, y, deg=1, cov=True)
    ((low, high),) = bar.lines[2][0].get_segments()
    assert low == pytest.approx([1929, w - covariance[0, 0] ** 0.5])
    assert high == pytest.approx([1929, w + covariance[0, 0] ** 0.5])
    assert bar.lines[0].get_color() == "C1"
