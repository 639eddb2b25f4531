import numpy as np
import pytest

from automatic_differentiation.engine import gradients
from automatic_differentiation.models import line, network, squared
from backpropagation.figure import (
    line_graph,
    network_graph,
    tanh_curve,
    walk,
)


def texts(figure, color=None):
    return [
        text.get_text()
        for text in figure.axes[0].texts
        if color in (None, text.get_color()) and text.get_text()
    ]


def test_line_graph_shows_the_values_and_slopes_of_the_chapter():
    shown = texts(line_graph(), "C0") + texts(line_graph(), "#808894")
    for value in (450, 2, -40, 900, 860, 850, 10, 50):
        assert shown.count(f"${value}$") == 1
    red = texts(line_graph(), "C3")
    assert sorted(red) == ["$1$", *["$10$"] * 4, "$20$"]
    slopes = gradients(lambda w, b: squared(line(w, b, 2), 850), 450.0, -40.0)
    assert slopes == [20, 10]


def test_line_graph_shows_the_local_slopes_in_orange():
    orange = texts(line_graph(), "C1")
    assert sorted(orange) == ["$1$", "$1$", "$1$", "$10$", "$2$"]


def test_walk_shows_two_arrows_in_the_place_of_one():
    for color in ("C0", "C3", "#808894"):
        assert texts(walk(), color) == texts(line_graph(), color)
    orange = texts(line_graph(), "C1")
    assert texts(walk(), "C1") == [*orange[:-1], "$5$", "$5$"]


def test_network_graph_shows_the_gradients_of_the_engine_in_red():
    red = texts(network_graph(), "C3")
    slopes = gradients(
        lambda *p: squared(network(*p, 2), 0.85), 1.0, -1.5, 2.0, -0.5
    )
    assert {f"${slope:.3f}$" for slope in slopes} <= set(red)
    assert len(red) == 8


def test_network_graph_shows_values_and_local_slopes():
    shown = texts(network_graph())
    g = np.tanh(0.5)
    y_hat = 2 * g - 0.5
    values = ("1.0", "-1.5", "2.0", "-0.5", "2", "0.85", "0.5")
    computed = (g, y_hat, (y_hat - 0.85) ** 2 / 2)
    for value in (*values, *(f"{number:.3f}" for number in computed)):
        assert f"${value}$" in shown
    orange = texts(network_graph(), "C1")
    local = ["2", "1", "1", "2.0", f"{1 - g**2:.3f}", f"{g:.3f}"]
    local.append(f"{y_hat - 0.85:.3f}")
    assert sorted(orange) == sorted(f"${value}$" for value in local)


def test_tanh_curve_draws_tanh_in_blue_and_its_slope_in_orange():
    (axes,) = tanh_curve().axes
    curve, slope, point, _ = axes.lines
    assert [line.get_color() for line in axes.lines[:3]] == ["C0", "C1", "C3"]
    styles = [line.get_linestyle() for line in (curve, slope)]
    assert styles == ["-", "--"]
    assert axes.get_xlabel() == "$u$"
    u, g = curve.get_data()
    assert g == pytest.approx(np.tanh(u))
    assert slope.get_ydata() == pytest.approx(1 / np.cosh(u) ** 2)
    assert (u[0], u[-1]) == (-3.2, 3.2)
    assert point.get_xydata()[0] == pytest.approx((0.5, np.tanh(0.5)))
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    assert labels == [r"$g = \tanh(u)$", "$1 - g^2$"]
