from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex

from data import digits as data
from softmax_regression.figure import confusions, digits, three, weights
from softmax_regression.scratch import softmax
from softmax_regression.vectorized import confusion, logits, split, train
from verify import figures

X, y = data.load(Path(data.__file__).with_name("digits.csv.gz"))


def titles(figure):
    return [axes.get_title() for axes in figure.axes]


def test_the_digits_are_the_first_ten_images_black_on_white():
    figure = digits()
    assert titles(figure) == [f"${k}$" for k in y[:10]]
    for axes, row in zip(figure.axes, X, strict=False):
        (image,) = axes.images
        assert np.array_equal(image.get_array(), row.reshape(8, 8))
        assert (image.get_cmap().name, image.get_clim()) == ("gray_r", (0, 1))


def test_the_weights_are_the_columns_of_w_blue_where_positive():
    W, _ = train(*split(X, y)[:2])
    figure = weights()
    assert titles(figure) == [f"${k}$" for k in range(10)]
    for axes, column in zip(figure.axes, W.T, strict=True):
        (image,) = axes.images
        assert np.array_equal(image.get_array(), column.reshape(8, 8))
        low, high = image.get_clim()
        assert -low == high == np.abs(W).max()
        red, _, blue, _ = image.get_cmap()(image.norm(high))
        assert blue > red
    # what the text says of the 0, and of the left edge
    zero = W[:, 0].reshape(8, 8)
    assert zero[3:5, 3:5].mean() < -0.5
    assert np.abs(W.reshape(8, 8, 10)[:, 0]).max() < 0.1 * np.abs(W).max()
    assert ((X.reshape(-1, 8, 8)[:, :, 0] > 0).mean(axis=0) < 0.01).all()


def test_the_1s_read_as_9_stand_where_the_9_is_bluest():
    known, actual, X_new, y_new = split(X, y)
    W, b = train(known, actual)
    guesses = logits(W, b, X_new).argmax(axis=1)
    nine = W[:, 9].reshape(8, 8)
    assert {int(place) for place in np.argsort(nine.ravel())[-2:]} == {21, 29}
    wrong = X_new[(y_new == 1) & (guesses == 9)].mean(axis=0)
    usual = known[actual == 1].mean(axis=0)
    for place in (21, 29):  # rows 3 and 4, the sixth pixel
        assert wrong[place] > 0.9 > 0.5 > usual[place]


def test_the_confusions_are_the_counts_of_the_images_held_out():
    known, actual, X_new, y_new = split(X, y)
    W, b = train(known, actual)
    counts = confusion(y_new, logits(W, b, X_new).argmax(axis=1))
    (axes,) = confusions().axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == (r"$\hat{y}$", "$y$")
    shown = np.zeros((10, 10), dtype=int)
    for text in axes.texts:
        m, k = text.get_position()
        shown[k, m] = int(text.get_text().strip("$"))
        assert (text.get_color() == "C0") == (k == m)
    assert np.array_equal(shown, counts)
    (image,) = axes.images
    wrong = counts - np.diag(np.diag(counts))
    assert np.array_equal(image.get_array(), wrong)
    assert image.get_cmap().name == "Oranges"
    assert np.unravel_index(wrong.argmax(), (10, 10)) == (1, 9)


def test_nine_of_the_ten_ones_that_are_read_as_9_stand_close_together():
    known, actual, X_new, y_new = split(X, y)
    guesses = logits(*train(known, actual), X_new).argmax(axis=1)
    rows = 1287 + np.flatnonzero((y_new == 1) & (guesses == 9))
    assert len(rows) == 10
    assert (rows[1], rows[-1]) == (1426, 1522)
    # the flag: ink at the left, below the top
    assert (X[rows].reshape(-1, 8, 8)[:, 1:4, 1].sum(axis=1) > 0).all()


@pytest.mark.parametrize("function", [digits, weights, confusions])
def test_the_files_stay_small(function):
    assert len(figures.svg(function)) < 60_000


def test_three_logits_have_bars_in_blue_orange_and_red_and_a_grey_frame():
    p = softmax([1, 3, 2])
    (axes,) = three().axes
    *bars, frame = axes.patches
    widths = [bar.get_width() for bar in bars]
    slopes = np.array(p) - [0, 1, 0]
    columns = zip([1, 3, 2], p, slopes, strict=True)
    units = (16, 120, 55)
    assert widths == pytest.approx(
        np.ravel([np.multiply(c, units) for c in columns])
    )
    colours = [to_hex(bar.get_facecolor()) for bar in bars[:3]]
    assert colours == [to_hex(name) for name in ("C0", "C1", "C3")]
    assert (frame.get_y(), frame.get_width(), frame.get_fill()) == (
        95,
        120,
        False,
    )
    assert to_hex(frame.get_edgecolor()) == "#808894"
    shown = [text.get_text() for text in axes.texts[4:]]
    assert shown[:4] == ["$1$", "$1.0$", "$0.090$", "$0.090$"]
    assert shown[4:8] == ["$2$", "$3.0$", "$0.665$", "$-0.335$"]
    assert shown[8:] == ["$3$", "$2.0$", "$0.245$", "$0.245$"]
