import numpy as np
import pytest
from matplotlib.colors import same_color

from data.hubble_1929 import x, y
from gradient_descent.figure import bounce, learning_rates, trajectory
from gradient_descent.scratch import loss, train

CLOSED_FORM = np.polyfit(x, y, 1)


def test_trajectory_draws_the_paths_of_the_program():
    (axes,) = trajectory().axes
    jumping, calm, lowest = (line.get_xydata() for line in axes.lines)
    for points, lr in ((jumping, 0.95), (calm, 0.5)):
        for epochs in (0, 1, 2, len(points) - 1):
            expected = train(x, y, lr=lr, epochs=epochs)
            assert points[epochs] == pytest.approx(expected)
    assert lowest[0] == pytest.approx(CLOSED_FORM)


def test_trajectory_shows_all_that_it_draws():
    (axes,) = trajectory().axes
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for line in axes.lines:
        w, b = line.get_xydata().T
        assert left < w.min() <= w.max() < right
        assert bottom < b.min() <= b.max() < top


def test_trajectory_has_equal_units_so_that_right_angles_look_right():
    (axes,) = trajectory().axes
    assert axes.get_aspect() == 1
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$w$", "$b$")


def test_trajectory_names_each_path_by_its_learning_rate():
    (axes,) = trajectory().axes
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    assert labels == [r"$\eta = 0.95$", r"$\eta = 0.5$"]
    colors = [line.get_color() for line in axes.lines]
    assert colors == ["C1", "C0", "C3"]
    assert axes.lines[2].get_marker() == "*"


def test_trajectory_draws_contours_of_the_loss():
    (axes,) = trajectory().axes
    (contours,) = axes.collections
    for level, way in zip(contours.levels, contours.get_paths(), strict=True):
        w, b = way.vertices[:: max(1, len(way.vertices) // 5)].T
        heights = [loss(*point, x, y) for point in zip(w, b, strict=True)]
        # drawn by straight lines between the points of a grid
        assert heights == pytest.approx([level] * len(w), rel=0.01)


def test_bounce_approaches_jumps_closer_and_jumps_away():
    slide, jump, away = (axes.lines[1].get_xdata() for axes in bounce().axes)
    assert (np.diff(slide) < 0).all()
    assert (slide > 0).all()
    for points in (jump, away):
        assert (points[1:] * points[:-1] < 0).all()
    assert (np.diff(np.abs(jump)) < 0).all()
    assert (np.diff(np.abs(away)) > 0).all()


def test_bounce_names_its_axes_and_draws_the_parabola():
    factors = (0.5, 1.5, 2.2)
    for axes, factor in zip(bounce().axes, factors, strict=True):
        assert axes.get_title() == rf"$\eta \lambda = {factor}$"
        assert axes.get_xlabel() == r"$w - \hat{w}$"
        valley, walk, start = axes.lines
        assert valley.get_ydata() == pytest.approx(valley.get_xdata() ** 2 / 2)
        offsets = walk.get_xdata()
        assert offsets[1:] == pytest.approx((1 - factor) * offsets[:-1])
        assert walk.get_ydata() == pytest.approx(offsets**2 / 2)
        assert len(offsets) == 5
        assert start.get_xydata().tolist() == [[1, 0.5]]
        assert (walk.get_color(), start.get_color()) == ("C0", "C1")
    first = bounce().axes[0].get_ylabel()
    assert first == r"$\frac{1}{2} \lambda (w - \hat{w})^2$"


def test_learning_rates_names_axes_and_rates():
    (axes,) = learning_rates().axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$L$")
    assert axes.get_yscale() == "log"
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    rates = ["0.1", "0.5", "0.9", "0.974", "0.993"]
    assert labels == [rf"$\eta = {rate}$" for rate in rates]
    colors = ["C0", "C0", "C2", "C1", "C3", "#808894"]
    for line, color in zip(axes.lines, colors, strict=True):
        assert same_color(line.get_color(), color)
    assert axes.lines[0].get_linestyle() == "--"
    for rate, curve in zip((0.1, 0.5, 0.9), axes.lines, strict=False):
        expected = loss(*train(x, y, lr=rate, epochs=5), x, y)
        assert curve.get_ydata()[5] == pytest.approx(expected)


def test_learning_rates_draws_the_losses_of_the_program():
    (axes,) = learning_rates().axes
    *curves, lowest = axes.lines
    starts = [curve.get_ydata()[0] for curve in curves]
    assert starts == pytest.approx([loss(0, 0, x, y)] * 5)
    expected = loss(*train(x, y, lr=0.5, epochs=7), x, y)
    assert curves[1].get_ydata()[7] == pytest.approx(expected)
    assert lowest.get_ydata()[0] == pytest.approx(loss(*CLOSED_FORM, x, y))


def test_learning_rates_has_four_that_fall_and_one_that_climbs():
    (axes,) = learning_rates().axes
    *curves, _ = axes.lines
    for curve in curves[:4]:
        assert (np.diff(curve.get_ydata()) < 0).all()
    assert (np.diff(curves[4].get_ydata()) > 0).all()
    ends = [curve.get_ydata()[-1] for curve in curves]
    assert ends[2] < ends[1] < ends[0] < ends[3] < ends[4]
