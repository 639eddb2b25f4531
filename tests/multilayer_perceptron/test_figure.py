from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import same_color

from data import digits as data
from data.hubble_1929 import x, y
from multilayer_perceptron.draw import SEVEN, inked
from multilayer_perceptron.figure import (
    bends,
    drawing,
    nebulae,
    squares,
    units,
)
from multilayer_perceptron.vectorized import (
    accuracy,
    forward,
    mean_squares,
    start,
    train,
)
from softmax_regression.vectorized import softmax, split


def test_the_bends_add_up_to_the_absolute_value():
    left, right = bends().axes
    rising, falling = (curve.get_xydata() for curve in left.lines)
    broken, dots, level = right.lines
    assert [curve.get_color() for curve in left.lines] == ["C0", "C1"]
    total = rising[:, 1] + falling[:, 1]
    assert np.array_equal(total, np.abs(rising[:, 0]))
    assert np.array_equal(broken.get_ydata(), total)
    assert np.array_equal(dots.get_ydata(), np.abs(dots.get_xdata()))
    assert level.get_ydata() == pytest.approx([12 / 7] * 2)
    assert level.get_color() == "C3"


def test_the_broken_lines_bend_at_their_marks_and_nowhere_else():
    (axes,) = nebulae().axes
    dots, straight, *broken = axes.lines
    assert np.array_equal(dots.get_xydata(), np.transpose([x, y]))
    w, b = np.polyfit(x, y, 1)
    assert straight.get_ydata() == pytest.approx([b, 2.1 * w + b])
    kinks = []
    for line, marks in zip(broken[::2], broken[1::2], strict=True):
        assert line.get_color() == marks.get_color()
        inner = line.get_xdata()[1:-1]
        assert np.allclose(inner, np.sort(marks.get_xdata()))
        heights = np.interp(
            marks.get_xdata(), line.get_xdata(), line.get_ydata()
        )
        assert np.allclose(heights, marks.get_ydata())
        kinks.append(inner)
    assert len(kinks) == 3
    places = np.concatenate(kinks)
    at_a_nebula = np.abs(places[:, None] - x).min(axis=1) < 0.01
    # by chance it would be one in seven
    assert at_a_nebula.mean() == pytest.approx(0.5, abs=0.1)


def test_the_marks_rise_stay_and_fall():
    (axes,) = squares().axes
    assert axes.get_yscale() == "log"
    for line, factor, color in zip(
        axes.lines, (4, 2, 1), ("C1", "C0", "C3"), strict=True
    ):
        assert np.array_equal(line.get_ydata(), mean_squares(factor))
        assert same_color(line.get_color(), color)


def test_the_units_are_the_columns_of_w1_blue_where_positive():
    X, y = data.load(Path(data.__file__).with_name("digits.csv.gz"))
    begin = start(64, 32, 10)
    known, actual, *_ = split(X, y)
    W1, b1, W2, b2 = train(begin, known, actual)
    top = np.abs(W1).max()
    for axes, column in zip(units().axes, W1.T, strict=True):
        (image,) = axes.images
        assert np.array_equal(image.get_array(), column.reshape(8, 8))
        assert image.get_clim() == (-top, top)
        red, _, blue, _ = image.get_cmap()(1.0)
        assert blue > red
    # what the text says of the faint ones: they have hardly moved
    size = np.linalg.norm(W1, axis=0)
    moved = np.linalg.norm(W1 - begin[0], axis=0)
    faint = np.argsort(size)[:8]
    assert moved[faint].max() < np.median(moved)
    strong = np.argsort(size)[-8:]
    for off, low, high in ((faint, 0.999, 1), (strong, 0.6, 0.72)):
        rest = W2.copy()
        rest[off] = 0
        assert low < accuracy((W1, b1, rest, b2), known, actual) <= high


def test_the_drawing_shows_a_seven_and_what_the_network_makes_of_it():
    X, y = data.load(Path(data.__file__).with_name("digits.csv.gz"))
    network = train(start(64, 32, 10), *split(X, y)[:2])
    features = inked(SEVEN)
    _, G, Z = forward(*network, features[None])
    P = softmax(Z)[0]
    (axes,) = drawing().axes
    # The field is 32 wide, and y grows downwards.
    (stroke,) = (line.get_xydata() for line in axes.lines)
    assert np.allclose((stroke - (8, 28)) / 9.25, SEVEN)
    assert axes.yaxis_inverted()

    def shades(left, side):
        """How dark the squares are that begin at a place, row by row."""
        found = np.zeros((round(136 / side), 8))
        for patch in axes.patches:
            (x, y), inside = patch.get_xy(), patch.get_width() == side
            if inside and left <= x < left + 8 * side and y >= 354:
                place = round((y - 354) / side), round((x - left) / side)
                found[place] = patch.get_alpha()
        return found.ravel()

    assert np.array_equal(shades(84, 17), features)
    assert np.array_equal(shades(334, 34), np.minimum(G[0] / 5, 1))
    bars = [bar for each in axes.containers for bar in each]
    lengths = [bar.get_width() for bar in bars]
    assert lengths == pytest.approx(180 * P)
    is_orange = [same_color(bar.get_facecolor(), "C1") for bar in bars]
    assert is_orange == [p == P.max() for p in P]
    texts = [text.get_text() for text in axes.texts]
    assert [each for each in texts if each.isdigit()] == list("0123456789")
    percent = [each for each in texts if "%" in each]
    assert percent == [f"{round(100 * p)} %" for p in P]
