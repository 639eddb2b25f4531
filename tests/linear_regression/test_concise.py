import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression import scratch, vectorized
from linear_regression.concise import least_squares

# Another algorithm (QR) in float64: equal to about 1e-13 of the value.
REL = 1e-10


def test_it_agrees_with_scratch_and_vectorized():
    assert least_squares(x, y) == pytest.approx(
        scratch.least_squares(x, y), rel=REL
    )
    assert least_squares(x, y) == pytest.approx(
        vectorized.least_squares(x, y), rel=REL
    )


def test_it_agrees_with_polyfit():
    assert least_squares(x, y) == pytest.approx(
        np.polyfit(x, y, deg=1), rel=REL
    )


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_polyfit_for_random_data(seed):
    x, y = np.random.default_rng(seed).normal(size=(2, 9))
    assert least_squares(x, y) == pytest.approx(
        np.polyfit(x, y, deg=1), rel=1e-9
    )


def test_pitfall_without_spread_in_x_it_gives_one_of_many_lines():
    # Any line through the mean at this one distance is as good.
    w, b = least_squares(x[-4:], y[-4:])
    assert 2 * w + b == pytest.approx(np.mean(y[-4:]), rel=REL)


def test_it_is_the_line_that_the_book_quotes():
    w, b = least_squares(x, y)
    assert f"{w:.5f} {b:.5f}" == "454.15844 -40.78365"
