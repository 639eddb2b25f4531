import numpy as np
import pytest

from data.hubble_1929 import x, y
from practice import figure
from practice.pitfalls import leave_one_out, loss

X, Y = np.array(x), np.array(y)


@pytest.fixture(scope="module")
def panels():
    return figure.overfitting().axes


def test_line_and_curve_are_drawn_over_the_data(panels):
    left, _ = panels
    points, line, curve = left.lines
    assert list(points.get_xdata()) == x
    assert list(points.get_ydata()) == y
    for drawn, degree in ((line, 1), (curve, 7)):
        c = np.polyfit(x, y, deg=degree)
        assert drawn.get_ydata() == pytest.approx(
            np.polyval(c, drawn.get_xdata())
        )


def test_the_left_curve_swings_at_both_ends_and_plunges_at_the_right(panels):
    _, _, curve = panels[0].lines
    steps = np.abs(np.diff(curve.get_ydata()))
    assert steps[:20].max() > 3 * np.median(steps)
    assert curve.get_ydata()[-1] < -600


def test_the_right_curves_are_the_losses_of_each_degree(panels):
    seen, unseen = panels[1].lines
    for drawn in (seen, unseen):
        assert list(drawn.get_xdata()) == list(range(8))
    assert list(seen.get_ydata()) == [loss(X, Y, k) for k in range(8)]
    expected = [leave_one_out(X, Y, k).mean() for k in range(8)]
    assert unseen.get_ydata() == pytest.approx(expected)


def test_the_dashed_curve_stays_above_the_falling_one(panels):
    seen, unseen = (line.get_ydata() for line in panels[1].lines)
    assert list(seen) == sorted(seen, reverse=True)
    assert all(a < b for a, b in zip(seen, unseen, strict=True))
    assert unseen[0] > 2 * unseen[1]
    assert min(unseen[6:]) > max(unseen[1:6])


def test_axes_colours_and_styles_are_those_of_the_caption(panels):
    left, right = panels
    assert left.get_xlabel() == "$x$ / Mpc"
    assert left.get_ylabel() == "$y$ / (km/s)"
    assert (right.get_xlabel(), right.get_ylabel()) == ("$k$", "$L$")
    assert right.get_yscale() == "log"
    assert list(right.get_xticks()) == list(range(8))
    assert [line.get_color() for line in left.lines] == ["C0", "C1", "C3"]
    found = [(line.get_color(), line.get_linestyle()) for line in right.lines]
    assert found == [("C0", "-"), ("C3", "--")]
