import numpy as np
import pytest

from chain_rule.figure import graph, tangents
from chain_rule.scratch import predict, sample_loss, slopes


def test_graph_shows_the_values_and_slopes_of_the_chapter():
    shown = {text.get_text() for text in graph().axes[0].texts}
    w, b, xi, yi = 450, -40, 2, 850
    dw, db = slopes(w, b, xi, yi)
    error = predict(w, b, xi) - yi
    values = (w, b, xi, yi, predict(w, b, xi), int(sample_loss(w, b, xi, yi)))
    assert {f"${value}$" for value in values} <= shown
    assert {
        rf"$\dfrac{{\partial z}}{{\partial w}} = x = {xi}$",
        rf"$\dfrac{{\partial z}}{{\partial b}} = {db // error}$",
        rf"$\dfrac{{\partial \ell}}{{\partial z}} = z - y = {error}$",
        rf"${error} \times {xi} = {dw}$",
        rf"${error} \times 1 = {db}$",
    } <= shown


def test_graph_has_orange_arrows_for_what_moves_and_grey_for_data():
    (axes,) = graph().axes
    arrows = [t for t in axes.texts if getattr(t, "arrow_patch", None)]
    orange = [a for a in arrows if a.arrowprops["color"] == "C1"]
    grey = [a for a in arrows if a.arrowprops["ls"] == ":"]
    assert (len(orange), len(grey), len(arrows)) == (3, 2, 5)
    red = [t.get_text() for t in axes.texts if t.get_color() == "C3"]
    assert len(red) == 2


def test_tangents_name_their_axes_and_cover_what_the_caption_says():
    names = [(a.get_xlabel(), a.get_ylabel()) for a in tangents().axes]
    assert names == [("$w$", "$z$"), ("$z$", r"$\ell$"), ("$w$", r"$\ell$")]
    centres = [axes.lines[2].get_xdata()[0] for axes in tangents().axes]
    assert centres == [450, 860, 450]
    for axes in tangents().axes:
        curve, tangent, point = axes.lines
        assert tangent.get_linestyle() == "--"
        colors = (curve.get_color(), tangent.get_color(), point.get_color())
        assert colors == ("C0", "C1", "C1")
    w, heights = tangents().axes[2].lines[0].get_data()
    expected = [sample_loss(v, -40, 2, 850) for v in w]
    assert heights == pytest.approx(expected)


def test_tangents_touch_their_curves_with_the_slope_in_the_title():
    for axes, slope in zip(tangents().axes, (2, 10, 20), strict=True):
        curve, tangent, point = axes.lines
        (v,), (height,) = point.get_data()
        grid, heights = tangent.get_data()
        assert np.diff(heights) / np.diff(grid) == pytest.approx(slope)
        assert np.interp(v, grid, heights) == pytest.approx(height)
        # the curve is never below its tangent
        assert (curve.get_ydata() - heights >= -1e-9).all()
        assert axes.get_title().endswith(f"= {slope}$")


def test_the_second_and_third_curve_are_one_with_half_the_way():
    _, middle, right = (axes.lines[0].get_xydata() for axes in tangents().axes)
    assert middle[:, 1] == pytest.approx(right[:, 1])
    assert np.ptp(middle[:, 0]) == 2 * np.ptp(right[:, 0])
