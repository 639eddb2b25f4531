import numpy as np
import pytest

from backpropagation.engine import gradients
from backpropagation.figure import line_graph, multiplications, network_graph
from backpropagation.models import line, loss, network


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_line_graph_shows_the_values_and_slopes_of_the_chapter():
    shown = words(line_graph())
    for value in (450, 2, -40, 900, 860, 850, 50):
        assert f"${value}$" in shown
    assert shown.count("$20$") == 1
    # four slopes for z, e, p, b; the value of e and its local slope
    assert shown.count("$10$") == 6
    slopes = gradients(lambda w, b: loss(line(w, b, 2), 850), 450.0, -40.0)
    assert slopes == [20, 10]


def test_network_graph_shows_the_gradients_of_the_engine():
    shown = words(network_graph())
    slopes = gradients(
        lambda *p: loss(network(*p, 2), 0.85), 1.0, -1.5, 2.0, -0.5
    )
    assert {f"${slope:.3f}$" for slope in slopes} <= set(shown)


def test_multiplications_rise_with_slope_two_and_one_at_the_end():
    ahead, back = (
        curve.get_xydata() for curve in multiplications().axes[0].lines
    )
    assert ahead[-1] == pytest.approx((200, 30800))
    assert back[-1] == pytest.approx((200, 504))
    for counts, steepness in ((ahead, 2), (back, 1)):
        wide, high = np.log(counts[-1] / counts[-2])
        assert high / wide == pytest.approx(steepness, abs=0.05)
