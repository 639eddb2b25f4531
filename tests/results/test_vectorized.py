import numpy as np
import pytest

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from results.scratch import errors, scatter, standard_errors
from results.vectorized import diluted, slopes

W, B = least_squares(x, y)
S = scatter(errors(W, B, x, y), len(x) - 2)


def test_the_imagined_slopes_spread_as_the_formula_says():
    found = slopes(x, W, B, S)
    s_w, _ = standard_errors(x, S)
    assert found.shape == (10_000,)
    # 10000 draws give a deviation to 1/sqrt(20000), 0.7 %; take 4 of these
    assert found.std() == pytest.approx(s_w, rel=0.03)
    assert found.mean() == pytest.approx(W, abs=4 * s_w / 100)


def test_two_thirds_lie_within_one_standard_error():
    found = slopes(x, W, B, S)
    s_w, _ = standard_errors(x, S)
    assert (abs(found - W) < s_w).mean() == pytest.approx(0.683, abs=0.02)


def test_each_slope_is_the_least_squares_slope_of_its_sky():
    rng = np.random.default_rng(0)
    noise = rng.normal(0, S, (5, len(x)))
    expected = [
        np.polyfit(x, W * np.array(x) + B + row, deg=1)[0] for row in noise
    ]
    assert slopes(x, W, B, S, repeats=5) == pytest.approx(expected)


def within_one_standard_error(noise):
    noise = S * (noise - noise.mean()) / noise.std()
    centred = np.array(x) - np.mean(x)
    found = (W * np.array(x) + B + noise) @ centred / (centred @ centred)
    s_w, _ = standard_errors(x, S)
    return (abs(found - W) < s_w).mean()


@pytest.mark.parametrize("kind", ["normal", "uniform", "laplace"])
def test_68_per_cent_lie_within_for_other_deviations_too(kind):
    # Sums of 24 are nearly normal, if none outweighs the others.
    draw = getattr(np.random.default_rng(0), kind)
    share = within_one_standard_error(draw(size=(20_000, len(x))))
    assert share == pytest.approx(0.683, abs=0.015)


def test_more_lie_within_where_few_deviations_outweigh_the_others():
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(20_000, len(x)))
    is_rare = rng.random(noise.shape) < 0.02
    assert within_one_standard_error(noise * is_rare) > 0.8


def test_with_exact_distances_diluted_is_slopes():
    found, _ = diluted(x, W, B, S, 0, repeats=50)
    assert found == pytest.approx(slopes(x, W, B, S, repeats=50))


@pytest.mark.parametrize("share", [0, 0.2, 0.5])
def test_each_diluted_sky_has_the_line_and_the_error_of_polyfit(share):
    rng = np.random.default_rng(0)
    velocities = 300 * np.array(x) + 20 + rng.normal(0, 150, (5, len(x)))
    distances = np.array(x) * (1 + rng.normal(0, share, (5, len(x))))
    found, error = diluted(x, 300, 20, 150, share, repeats=5)
    for k in range(5):
        (slope, _), covariance = np.polyfit(
            distances[k], velocities[k], deg=1, cov=True
        )
        assert found[k] == pytest.approx(slope)
        assert error[k] == pytest.approx(covariance[0, 0] ** 0.5)


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_errors_in_x_divide_the_slope_by_the_variance_that_they_add(share):
    # For many nebulae the slope tends to w s_xx / (s_xx + added variance).
    many = np.tile(x, 500)
    found, _ = diluted(many, 500, 0, 200, share, repeats=50)
    added = share**2 * np.mean(np.square(x))
    expected = 500 * np.var(x) / (np.var(x) + added)
    # One slope strays by some 4, their mean by a seventh of it.
    assert found.mean() == pytest.approx(expected, abs=3)


def test_errors_in_x_make_the_slope_too_small_and_its_error_too_hopeful():
    means, covered = [], []
    for share in (0, 0.1, 0.2, 0.3):
        found, error = diluted(x, 500, 0, 200, share)
        assert found.shape == error.shape == (10_000,)
        means.append(found.mean())
        covered.append((abs(found - 500) < error).mean())
    # The means are known to 1, the shares covered to half a per cent.
    assert means[0] == pytest.approx(500, abs=3)
    assert np.diff(means).max() < -10
    assert covered[0] == pytest.approx(0.67, abs=0.02)
    assert np.diff(covered).max() < -0.015
    assert means[3] == pytest.approx(406, abs=3)
    assert covered[3] == pytest.approx(0.35, abs=0.02)


def test_without_noise_every_sky_gives_the_same_slope():
    assert slopes(x, W, B, 0, repeats=3) == pytest.approx([W] * 3)
