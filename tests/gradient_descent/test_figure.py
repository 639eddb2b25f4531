import numpy as np
import pytest

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


def test_bounce_approaches_jumps_closer_and_jumps_away():
    slide, jump, away = (axes.lines[1].get_xdata() for axes in bounce().axes)
    assert (np.diff(slide) < 0).all()
    assert (slide > 0).all()
    for points in (jump, away):
        assert (points[1:] * points[:-1] < 0).all()
    assert (np.diff(np.abs(jump)) < 0).all()
    assert (np.diff(np.abs(away)) > 0).all()


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
