import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import same_color

from convolution.figure import (
    EDGES,
    SMALL,
    hand,
    kernels,
    learning,
    patch,
    shuffled,
    spots,
)
from convolution.vectorized import (
    correlate,
    feature_matrix,
    peaks,
    surround,
)
from data import deep_field
from several_inputs.vectorized import path

PICTURE = deep_field.load(
    Path(deep_field.__file__).with_name("deep_field.csv.gz")
)
V = PICTURE.mean(axis=0)


def images(figure):
    return [axes.images[0].get_array() for axes in figure.axes]


def numbers(axes):
    shown = [text.get_text().strip("$") for text in axes.texts]
    return [float(text) for text in shown]


def test_the_same_pixels_stand_on_both_sides():
    sky, mixed = images(shuffled())
    assert np.array_equal(sky, V)
    assert not np.array_equal(mixed, V)
    assert np.array_equal(np.sort(mixed.ravel()), np.sort(V.ravel()))
    for axes in shuffled().axes:
        assert axes.images[0].get_clim() == (0, 1)


def test_the_two_pixels_of_the_question_are_in_circles():
    (circles,) = shuffled().axes[0].lines
    assert circles.get_xydata().tolist() == [[105, 40], [76, 120]]


def test_the_framed_patch_gives_the_framed_output():
    figure = patch()
    assert [axes.get_title() for axes in figure.axes] == ["$V$", "$W$", "$Z$"]
    Z = correlate(SMALL, EDGES)
    for axes, array in zip(figure.axes, (SMALL, EDGES, Z), strict=True):
        assert numbers(axes) == array.ravel().tolist()
    frames = [axes.patches[0] for axes in figure.axes[::2]]
    assert [each.get_xy() for each in frames] == [(1, 1), (1, 1)]
    assert [each.get_width() for each in frames] == [3, 1]
    assert Z[1, 1] == (SMALL[1:4, 1:4] * EDGES).sum() == 5
    assert (Z[:, 0] > 0).all()
    assert (Z[:, 2] < 0).all()


def test_three_kernels_blur_and_find_edges_and_spots():
    blurred, edges, found = images(kernels())
    cut = V[20:84, 60:124]
    assert np.allclose(blurred, correlate(cut, np.ones((5, 5))) / 25)
    assert np.allclose(edges, correlate(cut, EDGES))
    assert np.allclose(found, correlate(cut, surround()))
    for axes in kernels().axes[1:]:
        image = axes.images[0]
        low, high = image.get_clim()
        assert low == -high
        red, _, blue, _ = image.get_cmap()(image.norm(high))
        assert blue > red


def test_the_kernel_in_hand_makes_the_framed_number_of_the_patch():
    (axes,) = hand().axes
    sky, Z = (image.get_array() for image in axes.images)
    cut = V[20:84, 60:124]
    assert np.array_equal(sky, cut)
    assert np.allclose(Z, correlate(cut, EDGES))
    low, high = axes.images[1].get_clim()
    assert low == -high == -abs(Z).max()
    colours = axes.images[1].get_cmap()([0.0, 1.0])
    for colour, wanted in zip(colours, ("C3", "C0"), strict=True):
        assert same_color(colour, wanted)
    inside = V[39:42, 104:107]
    numbers = [inside, EDGES, inside * EDGES]
    texts = [text.get_text().strip("$") for text in axes.texts]
    found = [float(text) for text in texts if re.search(r"\d", text)]
    assert np.allclose(found[:27], np.ravel(numbers), rtol=0, atol=0.00501)
    assert found[27] == pytest.approx((inside * EDGES).sum(), abs=0.00501)
    assert found[27] < 0


def test_the_circles_stand_on_the_spots():
    (axes,) = spots().axes
    (circles,) = axes.lines
    p, q = peaks(correlate(np.pad(V, 2), surround()), 0.1).T
    assert len(p) == 50
    assert circles.get_xdata().tolist() == q.tolist()
    assert circles.get_ydata().tolist() == p.tolist()
    assert np.array_equal(axes.images[0].get_array()[..., 0], PICTURE[0])


def test_the_kernels_are_those_of_the_path_and_the_hidden_one():
    figure = learning()
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == ["$t = 30$", "$t = 300$", "$t = 3000$", "$W$"]
    y = correlate(V, EDGES).ravel()
    points = path(feature_matrix(V, 3), y, lr=1.0, epochs=3000)
    wanted = [points[t, :9] for t in (30, 300, 3000)] + [EDGES.ravel()]
    for axes, shown, array in zip(
        figure.axes, images(figure), wanted, strict=True
    ):
        assert np.allclose(shown.ravel(), array)
        assert np.allclose(numbers(axes), array, atol=0.051)


@pytest.mark.parametrize(
    "name", ["shuffled", "patch", "kernels", "hand", "spots", "learning"]
)
def test_the_files_stay_small(name):
    path = Path(f"docs/assets/figures/convolution/{name}.svg")
    assert path.stat().st_size < 80_000
