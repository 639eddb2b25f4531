from pathlib import Path

import numpy as np
import pytest
import torch

from convolution.pitfalls import channels_first, unlike
from convolution.scratch import slide
from convolution.vectorized import correlate
from data import deep_field

PICTURE = deep_field.load(
    Path(deep_field.__file__).with_name("deep_field.csv.gz")
)
V = PICTURE.mean(axis=0)


@pytest.mark.parametrize("seed", range(3))
def test_a_convolution_turns_its_kernel_around_and_ours_does_not(seed):
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=10), rng.normal(size=3)
    assert slide(x, w) == pytest.approx(np.correlate(x, w))
    assert slide(x, w[::-1]) == pytest.approx(np.convolve(x, w, "valid"))
    assert slide(x, w) != pytest.approx(np.convolve(x, w, "valid"), abs=0.01)


def test_a_symmetric_kernel_does_not_show_the_difference():
    x = np.random.default_rng(0).normal(size=10)
    w = np.array([1.0, 3.0, 1.0])
    assert np.allclose(np.correlate(x, w), np.convolve(x, w, "valid"))


def test_channels_at_the_end_are_refused_by_torch():
    images = torch.zeros(1, 128, 128, 3)
    with pytest.raises(RuntimeError, match="to have 3 channels, but got 128"):
        torch.nn.Conv2d(3, 8, 3)(images)


def test_reshaping_gives_the_right_shape_and_the_wrong_picture():
    last = np.moveaxis(PICTURE, 0, -1)
    wrong = channels_first(last)
    assert wrong.shape == PICTURE.shape
    assert (wrong != PICTURE).mean() > 0.9
    assert np.array_equal(np.moveaxis(last, -1, 0), PICTURE)
    permuted = torch.tensor(last).permute(2, 0, 1)
    assert np.array_equal(permuted, PICTURE)
    # the first 'channel' is the upper third, three colours in turn
    top = np.moveaxis(PICTURE, 0, -1).ravel()[: 128 * 128]
    assert np.array_equal(wrong[0].ravel(), top)


def test_padding_darkens_the_border():
    blurred = correlate(np.pad(np.ones((4, 4)), 1), np.full((3, 3), 1 / 9))
    assert blurred[0, 0] == pytest.approx(4 / 9)
    assert blurred[0, 1] == pytest.approx(6 / 9)
    assert blurred[1, 1] == pytest.approx(1)


@pytest.mark.parametrize("by", [1, 3, 10])
def test_padding_breaks_equivariance_in_the_first_row_and_column(by):
    blur = np.full((3, 3), 1 / 9)
    assert len(unlike(V, blur, by=by)) == 0
    places = unlike(V, blur, f=1, by=by)
    side = 128 - by
    assert len(places) == 2 * side - 1
    assert (places.min(axis=1) == 0).all()


def test_a_wider_kernel_makes_a_wider_rim():
    places = unlike(V, np.full((5, 5), 1 / 25), f=2)
    assert (places.min(axis=1) <= 1).all()
    assert len(places) > 2 * 125 - 1
