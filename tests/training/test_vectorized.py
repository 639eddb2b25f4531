from pathlib import Path

import numpy as np
import pytest

from data import digits
from multilayer_perceptron.vectorized import mean_and_error
from softmax_regression.vectorized import sheets
from training.vectorized import interval, nearest, sheet_of, three_sets

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))


def test_the_sheets_are_those_of_softmax_regression():
    numbers = sheet_of(y)
    starts = np.flatnonzero(np.diff(numbers, prepend=0))
    assert starts.tolist() == sheets(y)
    assert numbers.max() == 12


@pytest.mark.parametrize("seed", range(3))
def test_the_nearest_is_the_closest_image_of_another_part(seed):
    rng = np.random.default_rng(seed)
    images, part = rng.normal(size=(30, 5)), rng.integers(4, size=30)
    for i, found in enumerate(nearest(images, part)):
        others = np.flatnonzero(part != part[i])
        distances = np.linalg.norm(images[others] - images[i], axis=1)
        assert found == others[distances.argmin()]


def test_an_image_that_is_kept_is_its_own_nearest():
    distances = ((X[:, None, :8] - X[None, :50, :8]) ** 2).sum(axis=2)
    assert not distances[range(50), range(50)].any()


def leak(seed):
    sheet = sheet_of(y)
    at_random = np.random.default_rng(seed).permutation(sheet)
    near = nearest(X, at_random)
    better = (y[near] == y).astype(float) - (y[nearest(X, sheet)] == y)
    by_sheet = [better[sheet == k].mean() for k in range(1, 13)]
    return by_sheet, (sheet[near] == sheet).mean()


@pytest.mark.parametrize("seed", range(2))
def test_the_hand_leaks_in_a_random_split(seed):
    better, share = leak(seed)
    mean, error = mean_and_error(better)
    assert 0.015 < mean < 0.03
    assert mean > 3 * error
    assert 0.5 < share < 0.56


def test_drawn_blindly_the_neighbour_is_seldom_on_ones_own_sheet():
    sheet = sheet_of(y)
    pairs = np.random.default_rng(0).integers(len(y), size=(2, 100_000))
    same = (sheet[pairs[0]] == sheet[pairs[1]]).mean()
    by_chance = np.mean([(sheet == k).mean() for k in sheet])
    # 100000 draws: a share of 0.09 is known to about 0.001
    assert by_chance == pytest.approx(same, abs=0.004)
    assert by_chance == pytest.approx(0.091, abs=0.001)


def test_the_three_sets_are_whole_sheets_and_share_no_row():
    rows = np.arange(len(y))
    parts = three_sets(rows, rows)
    assert np.concatenate([part for part, _ in parts]).tolist() == [*rows]
    assert {part[0] for part, _ in parts} <= set(sheets(y))
    assert [len(part) for part, _ in parts] == [386, 901, 510]
    assert all(np.array_equal(*part) for part in parts)


def test_an_interval_is_rounded_outwards():
    d = np.array([0.9, 1.1, 1.0, 1.0])
    mean, error = mean_and_error(d)
    assert (mean - 2 * error, mean + 2 * error) == pytest.approx(
        (0.918, 1.082), abs=1e-3
    )
    assert interval(d, 0.05) == "[+0.9, +1.1]"
    assert interval(-d, 0.5) == "[-1.5, -0.5]"
