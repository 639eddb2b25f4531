import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression import figure

W_HAT, B_HAT = np.polyfit(x, y, deg=1)


def labels(ax):
    return ax.get_xlabel(), ax.get_ylabel()


def ends(line):
    at, values = line.get_data()
    return [at[0], at[-1]], [values[0], values[-1]]


@pytest.mark.parametrize("draw", ["line", "residuals", "wrong_way", "outside"])
def test_each_shows_the_same_data_in_the_same_frame(draw):
    (ax,) = getattr(figure, draw)().axes
    assert labels(ax) == ("$x$ / Mpc", "$y$ / (km/s)")
    assert (ax.get_xlim(), ax.get_ylim()) == ((-0.05, 2.15), (-350, 1250))
    points = ax.lines[0]
    assert (points.get_marker(), points.get_color()) == ("o", "C0")
    assert list(points.get_xdata()) == x
    assert list(points.get_ydata()) == y


def drawn(ax, style):
    return [line for line in ax.lines if line.get_linestyle() == style]


def test_line_shows_the_data_and_the_least_squares_line():
    (ax,) = figure.line().axes
    points, line = ax.lines
    assert list(points.get_xdata()) == x
    assert list(points.get_ydata()) == y
    slope, intercept = np.polyfit(*line.get_data(), deg=1)
    assert (slope, intercept) == pytest.approx((W_HAT, B_HAT))
    assert (line.get_color(), ends(line)[0]) == ("C1", [0, 2.1])
    assert ax.texts[0].get_text() == r"$z = 454.2\,x - 40.8$"


def test_residuals_join_each_point_to_the_line():
    (ax,) = figure.residuals().axes
    segments = ax.collections[0].get_segments()
    assert len(segments) == 24
    for (x0, y0), (x1, z1) in segments:
        assert x0 == x1
        assert z1 == pytest.approx(450 * x0 - 40)
        assert y0 in y
    assert [end[0][1] for end in segments] == y
    assert ax.lines[1].get_color() == "C1"
    assert ends(ax.lines[1])[1] == pytest.approx([-40, 450 * 2.1 - 40])


def test_residuals_name_four_quantities_of_one_nebula():
    (ax,) = figure.residuals().axes
    at, z = x[15], 450 * x[15] - 40
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert set(places) == {"$x_i$", "$y_i$", "$z_i$", "$e_i$"}
    assert all(at < place[0] < at + 0.1 for place in places.values())
    # Each letter stands within 60 km/s of what it names.
    assert places["$y_i$"][1] == pytest.approx(y[15], abs=60)
    assert places["$z_i$"][1] == pytest.approx(z, abs=60)
    assert z < places["$e_i$"][1] < y[15]


def test_squares_have_the_residuals_as_their_sides():
    drawing = figure.squares()
    (ax,) = drawing.axes
    assert labels(ax) == ("$x$ / Mpc", "$y$ / (km/s)")
    points, line = ax.lines
    assert list(points.get_xdata()) == x
    assert list(points.get_ydata()) == y
    assert line.get_color() == "C1"
    assert ends(line)[1] == pytest.approx([0, 500 * 2.1])
    drawing.draw_without_rendering()
    gaps = ax.collections[0].get_segments()
    for square, gap, xi, yi in zip(ax.patches, gaps, x, y, strict=True):
        assert square.get_xy() == (xi, yi)
        assert square.get_height() == pytest.approx(500 * xi - yi)
        assert gap.tolist() == [[xi, yi], [xi, pytest.approx(500 * xi)]]
        shape = square.get_window_extent()
        assert shape.width == pytest.approx(shape.height)


def test_squares_lie_mostly_below_the_line():
    (ax,) = figure.squares().axes
    below = [square.get_height() for square in ax.patches]
    red = sum(e**2 for e in below if e > 0)
    assert red > 0.7 * sum(e**2 for e in below)


def test_parabolas_are_lowest_at_the_best_line():
    left, right = figure.parabolas().axes
    assert labels(left) == ("$b$ / (km/s)", "$L$")
    assert labels(right)[0] == "$w$ / (km/s/Mpc)"
    assert left.get_ylim() == right.get_ylim() == (0, 60000)
    for ax, best in ((left, B_HAT), (right, W_HAT)):
        at, losses = ax.lines[0].get_data()
        assert at[np.argmin(losses)] == pytest.approx(best)
        assert ax.lines[1].get_xdata() == pytest.approx([best])
        assert ax.lines[1].get_color() == "C1"
        lowest = ax.lines[1].get_ydata()[0]
        assert lowest == pytest.approx(min(losses))
        dotted = ax.lines[2]
        assert dotted.get_linestyle() == ":"
        assert list(dotted.get_ydata()) == pytest.approx([lowest] * 2)
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
    colors = [line.get_color() for line in ax.lines[1:]]
    assert colors == ["C1", "C3", "#808894"]
    assert ax.lines[2].get_linestyle() == "--"
    assert ax.lines[3].get_xdata()[0] == pytest.approx(np.mean(x))
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["$w = 454.2$", "$w = 728.4$"]


def test_wrong_way_is_grey_between_its_two_lines():
    (ax,) = figure.wrong_way().axes
    (grey,) = ax.collections
    corners = grey.get_paths()[0].vertices
    for line in ax.lines[1:3]:
        for corner in zip(*line.get_data(), strict=True):
            assert np.isclose(corners, corner).all(axis=1).any()


def test_outside_continues_the_line_of_the_near_nebulae():
    (ax,) = figure.outside().axes
    (dashed,) = drawn(ax, "--")
    slope, intercept = np.polyfit(*dashed.get_data(), deg=1)
    near = np.polyfit(x[:9], y[:9], deg=1)
    assert (slope, intercept) == pytest.approx(near)
    assert (dashed.get_color(), ends(dashed)[0]) == ("C2", [0.5, 2.1])
    points, solid, _, orange = ax.lines[1:]
    assert list(points.get_xdata()) == x[:9]
    assert list(points.get_ydata()) == y[:9]
    assert {points.get_color(), solid.get_color()} == {"C2"}
    assert np.polyfit(*solid.get_data(), deg=1) == pytest.approx(near)
    assert orange.get_color() == "C1"
    best = np.polyfit(*orange.get_data(), deg=1)
    assert best == pytest.approx((W_HAT, B_HAT))
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["$w = 213.7$", "$w = 454.2$"]
