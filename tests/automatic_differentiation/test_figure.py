import numpy as np
import pytest

from automatic_differentiation.figure import multiplications


def test_multiplications_rise_with_slope_two_and_one_at_the_end():
    (axes,) = multiplications().axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$2 K$", "")
    ahead, back = (curve.get_xydata() for curve in axes.lines)
    assert [curve.get_color() for curve in axes.lines] == ["C1", "C0"]
    for counts, formula in (
        (ahead, lambda k: 3 * k**2 + 8 * k),
        (back, lambda k: 5 * k + 5),
    ):
        numbers, heights = counts.T
        assert heights.tolist() == [formula(n // 2) for n in numbers]
        assert numbers.tolist() == [2, 4, 8, 16, 32, 64, 128, 200]
    for counts, steepness in ((ahead, 2), (back, 1)):
        wide, high = np.log(counts[-1] / counts[-2])
        assert high / wide == pytest.approx(steepness, abs=0.05)


def test_multiplications_names_both_ends_and_shows_all():
    (axes,) = multiplications().axes
    shown = {text.get_text(): text.get_color() for text in axes.texts}
    assert shown == {"$30800$": "C1", "$505$": "C0"}
    left, right = axes.get_xlim()
    assert left < 2 < 200 < right
