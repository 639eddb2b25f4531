import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression import scratch
from linear_regression.vectorized import fit

# Sums in another order: equal to rounding.
REL = 1e-12


def test_it_agrees_with_scratch():
    assert fit(x, y) == pytest.approx(scratch.fit(x, y), rel=REL)


def test_it_agrees_with_polyfit_on_random_data():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 50))
    assert fit(x, y) == pytest.approx(np.polyfit(x, y, deg=1), rel=1e-10)


def test_it_takes_arrays_as_well_as_lists():
    assert fit(np.array(x), np.array(y)) == fit(x, y)
