import numpy as np
import pytest
from matplotlib.colors import same_color

from data import hubble_1929
from data.nebulae_j2000 import dec, ra
from several_inputs import figure
from several_inputs.scratch import direction, dot, features, train

x, y = np.array(hubble_1929.x), np.array(hubble_1929.y)
X = np.array(features(x, ra, dec))
W = np.linalg.lstsq(X, y)[0]
ERROR = np.polyval(np.polyfit(x, y, 1), x) - y
AHEAD = X[:, 1:] @ W[1:] < 0


def labels(axes):
    return axes.get_xlabel(), axes.get_ylabel()


def test_of_the_18_nebulae_ahead_12_are_slow_and_of_the_6_behind_5_fast():
    # the numbers of the page
    assert (AHEAD.sum(), (~AHEAD).sum()) == (18, 6)
    assert (ERROR[AHEAD] > 0).sum() == 12
    assert (ERROR[~AHEAD] < 0).sum() == 5


def test_sky_shows_each_nebula_in_its_place_by_the_residual_of_the_line():
    (axes,) = figure.sky().axes
    assert labels(axes) == (r"$\varphi$ / °", r"$\theta$ / °")
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 360), (-90, 90))
    (dots,) = axes.collections
    places = np.asarray(dots.get_offsets())
    assert places == pytest.approx(np.column_stack([ra, dec]))
    assert dots.get_sizes() == pytest.approx(abs(ERROR))
    for color, error in zip(dots.get_facecolors(), ERROR, strict=True):
        assert same_color(color[:3], "C0" if error > 0 else "C3")


def test_sky_has_a_star_where_the_sun_is_heading_and_a_cross_behind_it():
    (axes,) = figure.sky().axes
    _, star, cross = axes.lines
    assert (star.get_marker(), cross.get_marker()) == ("*", "X")
    assert star.get_color() == cross.get_color() == "C1"
    ahead = -W[1:] / np.linalg.norm(W[1:])
    assert direction(*star.get_xydata()[0]) == pytest.approx(ahead)
    assert direction(*cross.get_xydata()[0]) == pytest.approx(-ahead)


def test_the_dotted_curve_is_90_degrees_from_the_star():
    (axes,) = figure.sky().axes
    curve, star, _ = axes.lines
    assert curve.get_linestyle() == ":"
    ahead = direction(*star.get_xydata()[0])
    assert len(curve.get_xydata()) == 361
    for place in curve.get_xydata():
        assert dot(direction(*place), ahead) == pytest.approx(0, abs=1e-12)


def arrows(axes):
    return [
        (np.array(text.xyann), np.array(text.xy), text.arrowprops["color"])
        for text in axes.texts
    ]


def test_approach_has_arrows_of_the_cosine_along_the_line_of_sight():
    (axes,) = figure.approach().axes
    *nebulae, sun = arrows(axes)
    assert len(nebulae) == 6  # none at 90 and 270 degrees
    assert sun[1] - sun[0] == pytest.approx(np.array([1, 0]))
    for start, end, color in nebulae:
        away = start / np.linalg.norm(start)
        cosine = away[0]
        assert end - start == pytest.approx(-cosine * away)
        assert color == ("C0" if cosine > 0 else "C3")


def test_approach_is_as_long_as_the_sun_straight_ahead_and_7_tenths_aslant():
    (axes,) = figure.approach().axes
    *nebulae, sun = arrows(axes)
    unit = np.linalg.norm(sun[1] - sun[0])
    lengths = {
        round(float(np.linalg.norm(end - start) / unit), 1)
        for start, end, _ in nebulae
    }
    assert lengths == {1.0, 0.7}
    assert axes.get_aspect() == 1


def test_descent_draws_the_weights_of_the_program():
    (axes,) = figure.descent().axes
    assert labels(axes) == ("$t$", "$W_j$")
    levels, curves = axes.lines[::2], axes.lines[1::2]
    for epochs in (0, 1, 2, 7, 60):
        expected = train(X.tolist(), y, epochs=epochs)
        found = [curve.get_ydata()[epochs] for curve in curves]
        assert found == pytest.approx(expected)
    assert [level.get_ydata()[0] for level in levels] == pytest.approx(W)
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == [f"$W_{j}$" for j in (1, 2, 3, 4)]
    colors = [curve.get_color() for curve in curves]
    assert colors == ["C0", "C1", "C2", "C3"]


def test_descent_jumps_in_blue_and_is_slowest_in_green():
    (axes,) = figure.descent().axes
    curves = [line.get_ydata() for line in axes.lines[1::2]]
    turns = [(np.diff(np.sign(np.diff(c[:10]))) != 0).sum() for c in curves]
    assert turns[0] == max(turns) > turns[2]
    left = [abs(c[60] - goal) for c, goal in zip(curves, W, strict=True)]
    assert max(left) == left[2] > 1


def test_predictions_has_both_models_at_the_actual_velocities():
    (axes,) = figure.predictions().axes
    assert labels(axes) == ("$y_i$ / (km/s)", "$z_i$ / (km/s)")
    diagonal, rings, dots = axes.lines
    assert (diagonal.get_xdata() == diagonal.get_ydata()).all()
    assert rings.get_xdata() == pytest.approx(y)
    assert rings.get_ydata() == pytest.approx(ERROR + y)
    assert dots.get_ydata() == pytest.approx(X @ W)
    assert (rings.get_color(), dots.get_color()) == ("C1", "C0")
    assert rings.get_markerfacecolor() == "none"
    assert rings.get_label() == "$w x_i + b$"
    assert dots.get_label() == "$z_i$"
    segments = axes.collections[0].get_segments()
    for segment, velocity in zip(segments, y, strict=True):
        assert (segment[:, 0] == velocity).all()


@pytest.mark.parametrize("draw", [figure.descent, figure.predictions])
def test_a_picture_shows_all_that_it_draws(draw):
    (axes,) = draw().axes
    low, high = axes.get_ylim()
    for line in axes.lines:
        heights = np.array(line.get_ydata())
        assert low <= heights.min() <= heights.max() <= high


def test_most_dots_are_nearer_to_the_diagonal_and_quite_a_few_farther():
    nearer = abs(X @ W - y) < abs(ERROR)
    assert 12 < nearer.sum() < 20
