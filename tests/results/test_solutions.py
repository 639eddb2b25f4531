import csv
from pathlib import Path

import numpy as np
import pytest

from data import hubble_1929
from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from results.scratch import errors, scatter, standard_errors
from results.solutions import (
    error_at,
    explained,
    fit_beyond,
    fit_receding,
)

W, B = least_squares(x, y)
# Right ascension and declination, J2000, in degrees.
APPROACHING = {
    "NGC 6822": (296.2406, -14.8034),
    "NGC 598": (23.4620, 30.6602),
    "NGC 221": (10.6743, 40.8653),
    "NGC 224": (10.6848, 41.2691),
    "NGC 3031": (148.8882, 69.0653),
}
S = scatter(errors(W, B, x, y), len(x) - 2)


def test_the_share_explained_is_the_squared_correlation():
    assert explained(W, B, x, y) == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2)
    assert explained(0, np.mean(y), x, y) == pytest.approx(0)


@pytest.mark.parametrize("seed", range(5))
def test_the_share_explained_falls_with_the_squared_residuals(seed):
    rng = np.random.default_rng(seed)
    w, b = rng.normal(size=2)
    x, y = rng.normal(size=(2, 7))
    rest = np.mean((np.polyval([w, b], x) - y) ** 2) / np.var(y)
    assert explained(w, b, x, y) == pytest.approx(1 - rest)


def test_the_band_comes_from_the_covariance_matrix():
    _, covariance = np.polyfit(x, y, deg=1, cov=True)
    for x_0 in (0, 0.9, 2, 3):
        v = np.array([x_0, 1])
        expected = np.sqrt(v @ covariance @ v)
        assert error_at(x_0, x, S) == pytest.approx(expected)


def test_the_band_is_narrowest_at_the_mean_and_s_b_wide_at_zero():
    grid = np.linspace(0, 2, 201)
    band = [error_at(x_0, x, S) for x_0 in grid]
    assert grid[np.argmin(band)] == pytest.approx(np.mean(x), abs=0.01)
    assert error_at(0, x, S) == pytest.approx(standard_errors(x, S)[1])


def test_dropping_the_approaching_nebulae_flattens_the_line():
    mask = np.array(y) > 0
    expected = np.polyfit(np.array(x)[mask], np.array(y)[mask], deg=1)
    assert mask.sum() == 19
    assert fit_receding(x, y) == pytest.approx(expected)
    w, b = fit_receding(x, y)
    assert W - w > standard_errors(x, S)[0]
    is_lifted = [w * at + b > W * at + B for at in (0, 1, 1.7, 1.8, 2)]
    assert is_lifted == [True, True, True, False, False]


@pytest.mark.parametrize("limit", [0, 0.3, 0.5, 1])
def test_nebulae_up_to_the_limit_are_left_out(limit):
    mask = np.array(x) > limit
    expected = np.polyfit(np.array(x)[mask], np.array(y)[mask], deg=1)
    assert fit_beyond(limit, x, y) == pytest.approx(expected)


def table():
    path = Path(hubble_1929.__file__).with_suffix(".csv")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_five_that_approach_are_the_five_of_the_page():
    approaching = [r["object"] for r in table() if r["velocity_km_s"] < "0"]
    assert approaching == list(APPROACHING)


def test_within_0_3_lie_the_six_members_of_the_local_group():
    near = [r["object"] for r in table() if float(r["distance_mpc"]) < 0.3]
    assert near == ["S. Mag.", "L. Mag.", *list(APPROACHING)[:4]]


def test_the_sun_moves_towards_the_five_that_approach():
    # The galactic pole and centre, J2000; the Sun heads for l = 99°, b = -4°
    # at 306 km/s (Courteau and van den Bergh 1999).
    pole, centre = vector(192.8595, 27.1283), vector(266.4050, -28.9362)
    l, b = np.radians([99, -4])  # noqa: E741
    apex = np.cos(b) * (
        np.cos(l) * centre + np.sin(l) * np.cross(pole, centre)
    )
    apex = apex + np.sin(b) * pole
    angles = {
        name: np.degrees(np.arccos(vector(*place) @ apex))
        for name, place in APPROACHING.items()
    }
    assert max(angles.values()) < 90
    assert angles["NGC 3031"] == pytest.approx(60, abs=1)
    assert 306 * np.cos(np.radians(angles["NGC 3031"])) - 30 > 100


def vector(right_ascension, declination):
    a, d = np.radians([right_ascension, declination])
    return np.array([np.cos(d) * np.cos(a), np.cos(d) * np.sin(a), np.sin(d)])
