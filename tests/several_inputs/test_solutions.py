import numpy as np
import pytest

from data import hubble_1929
from data.nebulae_j2000 import dec, ra
from several_inputs.scratch import loss
from several_inputs.solutions import angles, shuffled_losses, with_ones
from several_inputs.vectorized import (
    features,
    least_squares,
    motion,
    scatter,
    standard_errors,
)

x, y = np.array(hubble_1929.x), np.array(hubble_1929.y)
X = features(x, ra, dec)
W = least_squares(X, y)
LOWEST = loss(W, X, y)


def test_the_intercept_cannot_be_told_from_0():
    five = with_ones(X)
    assert (five[:, 4] == 1).all()
    found = least_squares(five, y)
    errors = standard_errors(five, scatter(five, y))
    assert abs(found[4]) < errors[4]
    assert errors[0] > standard_errors(X, scatter(X, y))[0]


def test_shuffled_places_do_as_well_in_about_6_of_100_cases():
    losses = shuffled_losses(X, y)
    assert losses.shape == (1000,)
    # the F test of three more weights: (25133 - 17408) / 3 to 17408 / 20
    # is 2.96, and 5.7 % of F(3, 20) lie above; 1000 cases know it to 0.7 %
    share = (losses <= LOWEST).mean()
    assert share == pytest.approx(0.057, abs=0.02)


def test_shuffling_never_does_worse_than_the_line_through_the_origin():
    slope = x @ y / (x @ x)
    assert shuffled_losses(X, y, 50).max() <= loss([slope], x[:, None], y)


def test_a_place_is_shuffled_as_a_whole():
    # a place that is one number three times stays that
    once = X[:, :2]
    thrice = X[:, [0, 1, 1, 1]]
    whole = shuffled_losses(once, y, 5)
    assert shuffled_losses(thrice, y, 5) == pytest.approx(whole)


def test_shuffled_places_of_no_nebula_make_no_difference():
    # every nebula in one place: nothing to shuffle
    same = np.column_stack([x, np.tile([1.0, 0.0, 0.0], (24, 1))])
    expected = np.linalg.lstsq(same, y)[0]
    losses = shuffled_losses(same, y, 3)
    assert losses == pytest.approx([loss(expected, same, y)] * 3)


def test_the_angles_are_0_without_scatter_and_grow_with_it():
    s = scatter(X, y)
    # the angle of nearly equal arrows is known to the root of the rounding
    with np.errstate(invalid="ignore"):
        none = np.nan_to_num(angles(X, W, 0.0, 10))
    assert none == pytest.approx(np.zeros(10), abs=1e-5)
    small, large = angles(X, W, s / 10, 500), angles(X, W, s, 500)
    assert np.median(small) < np.median(large) / 5


def test_half_of_the_directions_are_off_by_about_20_degrees():
    away = angles(X, W, scatter(X, y))
    assert np.percentile(away, 50) == pytest.approx(19.5, abs=1)
    assert np.percentile(away, 95) == pytest.approx(57, abs=3)


def test_an_angle_is_that_between_two_motions():
    s, rng = scatter(X, y), np.random.default_rng(0)
    sky = X @ W + rng.normal(0, s, (1, 24))[0]
    places = []
    for weights in (W, least_squares(X, sky)):
        _, a, d = motion(weights)
        places.append(features([0], [a], [d])[0, 1:])
    expected = np.degrees(np.arccos(places[0] @ places[1]))
    assert angles(X, W, s, 1)[0] == pytest.approx(expected)
