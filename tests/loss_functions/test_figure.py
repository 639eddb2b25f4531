import numpy as np
import pytest

from data.hubble_1929 import x, y
from loss_functions import figure


def labels(axes):
    return [(ax.get_xlabel(), ax.get_ylabel()) for ax in axes]


def test_shapes_names_its_axes_and_both_labels():
    axes = figure.shapes().axes
    assert labels(axes) == [
        ("$z_i - y_i$", "$A_i$"),
        ("$z_i - y_i$", r"$\ell_i$"),
        ("$a$", "$C_i$"),
    ]
    assert {ax.get_ylim() for ax in axes} == {(-0.2, 4.7)}
    for line, text in zip(axes[2].lines, axes[2].texts, strict=True):
        assert line.get_color() == text.get_color()
    assert [text.get_text() for text in axes[2].texts] == [
        "$y_i = 1$",
        "$y_i = 0$",
    ]


def test_shapes_shows_three_losses_and_both_labels():
    left, middle, right = figure.shapes().axes
    gaps, losses = left.lines[0].get_data()
    assert (min(gaps), max(gaps)) == (-3, 3)
    assert losses == pytest.approx(np.abs(gaps))
    gaps, losses = middle.lines[0].get_data()
    assert losses == pytest.approx(np.square(gaps) / 2)
    (a, yes), (_, no) = (line.get_data() for line in right.lines)
    assert yes == pytest.approx(-np.log(a))
    assert no == pytest.approx(-np.log(1 - np.array(a)))


def test_minimisers_are_median_mean_and_frequency():
    best = []
    for ax in figure.minimisers().axes:
        curve, point = ax.lines[0], ax.lines[-1]
        assert point.get_ydata()[0] <= min(curve.get_ydata())
        best.append(point.get_xdata()[0])
        assert point.get_color() == "C1"
    assert best == pytest.approx([850, 840, 19 / 24])


def test_minimisers_are_drawn_on_the_mean_losses():
    left, middle, right = figure.minimisers().axes
    assert labels((left, middle, right)) == [
        ("$c$", "$F(c)$"),
        ("$c$", "$G(c)$"),
        ("$a$", "$H(a)$"),
    ]
    values, frequency = np.array(y[-5:]), 19 / 24
    c, losses = map(np.array, left.lines[0].get_data())
    assert losses == pytest.approx(abs(c[:, None] - values).mean(axis=1))
    c, losses = map(np.array, middle.lines[0].get_data())
    half = ((c[:, None] - values) ** 2).mean(axis=1) / 2
    assert losses == pytest.approx(half)
    a, losses = map(np.array, right.lines[0].get_data())
    expected = frequency * np.log(a) + (1 - frequency) * np.log(1 - a)
    assert losses == pytest.approx(-expected)


def test_the_log_loss_is_shown_as_far_towards_0_as_towards_1():
    a = figure.minimisers().axes[2].lines[0].get_xdata()
    assert a[0] == pytest.approx(1 - a[-1]) == pytest.approx(0.005)


def test_the_absolute_loss_bends_at_the_data():
    bends = figure.minimisers().axes[0].lines[1]
    assert sorted(bends.get_xdata()) == sorted(y[-5:])
    assert bends.get_color() == "#808894"


def test_typo_shows_that_only_least_squares_is_dragged_along():
    (ax,) = figure.typo().axes
    slopes = [np.polyfit(*line.get_data(), deg=1)[0] for line in ax.lines[:2]]
    assert slopes == pytest.approx([1568.54, 444.44], abs=5e-3)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x$ / Mpc", "$y$ / (km/s)")
    styles = [(line.get_color(), line.get_linestyle()) for line in ax.lines]
    assert styles[:2] == [("C3", "--"), ("C1", "-")]
    texts = [(text.get_text(), text.get_color()) for text in ax.texts]
    assert texts == [("$w = 1569$", "C3"), ("$w = 444$", "C1")]
    assert list(ax.lines[2].get_ydata())[:-1] == y[:-1]
    assert list(ax.lines[2].get_xdata()) == x
    assert max(ax.lines[2].get_ydata()) == 10900
