import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression import scratch
from linear_regression.vectorized import least_squares

# Sums in another order: equal to rounding.
REL = 1e-12


def test_it_agrees_with_scratch():
    assert least_squares(x, y) == pytest.approx(
        scratch.least_squares(x, y), rel=REL
    )


def test_it_agrees_with_polyfit_on_random_data():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 50))
    assert least_squares(x, y) == pytest.approx(
        np.polyfit(x, y, deg=1), rel=1e-10
    )


@pytest.mark.parametrize("count", range(1, 12))
def test_without_spread_in_x_there_is_no_slope(count):
    with pytest.raises(ValueError, match="all x are equal"):
        least_squares([1.7] * count, y[:count])


def test_it_takes_arrays_as_well_as_lists():
    assert least_squares(np.array(x), np.array(y)) == least_squares(x, y)
