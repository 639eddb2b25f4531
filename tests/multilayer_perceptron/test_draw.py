import json
import re
import runpy
from pathlib import Path

import numpy as np
import pytest

from data import digits
from multilayer_perceptron import draw
from multilayer_perceptron.draw import SEVEN, inked
from multilayer_perceptron.vectorized import accuracy, forward, start, train
from softmax_regression.vectorized import softmax, split

ROOT = Path(__file__).parents[2]
LIVE = ROOT / "docs/assets/interactives/multilayer_perceptron"
# A digit a line, about 10 wide and 16 high, y downwards; ~ is a curve. They
# were written down before it was known which of them are read.
SHAPES = Path(__file__).with_name("shapes.txt").read_text("utf-8")

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
KNOWN, ACTUAL, X_NEW, Y_NEW = split(X, y)


def stroke(text):
    points = re.findall(r"([\d.-]+),([\d.-]+)", text)
    points = np.array(points, float)
    return smooth(points) if "~" in text else points


def smooth(points):
    """A curve through points: Catmull and Rom's."""
    first, last = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    points = np.vstack([first, points, last])
    fours = [points[i : len(points) - 3 + i] for i in range(4)]
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    pieces = [
        b
        + t * (c - a) / 2
        + t**2 * (2 * a - 5 * b + 4 * c - d) / 2
        + t**3 * (-a + 3 * b - 3 * c + d) / 2
        for a, b, c, d in zip(*fours, strict=True)
    ]
    return np.vstack([*pieces, points[-2:-1]])


@pytest.fixture(scope="module")
def shapes():
    lines = [line.split(": ") for line in SHAPES.splitlines()]
    drawn = [[stroke(each) for each in text.split("|")] for _, text in lines]
    return drawn, np.array([int(digit) for digit, _ in lines])


@pytest.fixture(scope="module")
def network():
    return train(start(64, 32, 10), KNOWN, ACTUAL)


def counts(*strokes):
    field = 16 * inked([np.array(each, float) for each in strokes])
    return field.astype(int).reshape(8, 8)


def test_a_straight_stroke_is_counted_as_on_squared_paper():
    # From 16 - 2.8 to 16 + 2.8, dots in the middle of each: 6 columns.
    straight = counts([(3, 1), (3, 9)])
    assert straight[1:7].tolist() == 6 * [[0, 0, 0, 12, 12, 0, 0, 0]]
    # Its ends are round, and the same below as above.
    assert np.array_equal(straight, straight[::-1])
    assert 8 < straight[0, 3] < 12


def test_a_touch_is_a_spot_in_the_middle():
    spot = counts([(7, 7), (7, 7)])
    assert spot[3:5, 3:5].tolist() == [[6, 6], [6, 6]]
    assert spot.sum() == 24  # a disc has 2.8 * 2.8 * pi = 24.6


def test_a_drawing_fills_the_field_and_is_not_too_wide(shapes):
    for strokes in shapes[0]:
        field = inked(strokes).reshape(8, 8)
        assert (field[[0, -1]].max(axis=1) > 0).all()
        assert field[:, [0, -1]].max() == 0
        assert 0 <= field.min() < field.max() <= 1


def test_the_images_of_the_data_fill_their_field_as_well():
    assert (X.reshape(-1, 8, 8)[:, [0, -1]].max(axis=2) > 0).all()


def test_place_and_size_do_not_count(shapes):
    for strokes in shapes[0]:
        moved = [4 * each + np.array([32, -8]) for each in strokes]
        # a dot on the rim of the pen may fall on either side
        assert np.abs(inked(moved) - inked(strokes)).max() <= 1 / 16


def test_a_dash_stays_a_dash():
    dash = counts([(3, 3), (9, 3.1)])
    assert dash[:2].max() == dash[6:].max() == 0


def test_the_ink_is_as_much_as_in_the_data(shapes):
    ink = [inked(strokes).sum() for strokes in shapes[0]]
    assert np.mean(ink) == pytest.approx(KNOWN.sum(axis=1).mean(), rel=0.1)


def test_what_is_missed_is_nearest_to_an_image_of_another_digit(
    shapes, network
):
    fields = np.array([inked(strokes) for strokes in shapes[0]])
    is_read = forward(*network, fields)[2].argmax(axis=1) == shapes[1]
    nearest = [((KNOWN - each) ** 2).sum(axis=1).argmin() for each in fields]
    assert np.array_equal(ACTUAL[nearest] == shapes[1], is_read)


def test_of_42_shapes_38_are_read(shapes, network):
    drawn, labels = shapes
    assert len(labels) == 42
    assert set(np.bincount(labels)) == {4, 5}
    fields = np.array([inked(strokes) for strokes in drawn])
    assert (forward(*network, fields)[2].argmax(axis=1) == labels).sum() == 38
    assert 0.9 < accuracy(network, X_NEW, Y_NEW) < 0.95


def test_most_sevens_of_the_data_have_a_bar():
    """Four squares with ink in a row of the middle are a bar."""
    rows = (KNOWN[ACTUAL == 7].reshape(-1, 8, 8)[:, 3:5] > 0.25).sum(axis=2)
    assert (rows.max(axis=1) >= 4).mean() > 0.8


def test_few_ones_of_the_data_have_both_flag_and_foot():
    """Five squares with ink are a foot, and four in row 3 or 4 a flag."""
    ink = (KNOWN[ACTUAL == 1].reshape(-1, 8, 8) > 0.25).sum(axis=2)
    flag, foot = ink[:, 2:4].max(axis=1) >= 4, ink[:, 7] >= 5
    assert flag.sum() > 50
    assert foot.sum() > 20
    assert (flag & foot).sum() < 3


@pytest.mark.parametrize(("b", "expected"), [(0.6, 0.4), (0, 0.5)])
def test_a_dot_is_as_far_from_a_stroke_as_from_its_nearest_point(b, expected):
    dots, a = np.array([[[0.3, 0.4]]]), np.array([0.0, 0.0])
    found = draw.distance(dots, a, np.array([b, 0.0]))
    assert found == pytest.approx(expected)


@pytest.fixture(scope="module")
def held():
    """What network.js holds."""
    program = (LIVE / "network.js").read_text("utf-8")
    return json.loads(program[program.index("{") :])


def test_the_page_has_the_network_of_the_chapter(network, held):
    W1, b1, W2, b2 = network
    for name, ours in (("hidden", [*W1, b1]), ("output", [*W2, b2])):
        # Rounded to thousandths; processors add in different orders.
        theirs = np.array(held[name]).T / 1000
        assert np.allclose(theirs, ours, rtol=0, atol=0.0005 + 1e-6)
    for digit, images in enumerate(held["digits"]):
        shades = [[int(each, 17) for each in image] for image in images]
        rows = np.flatnonzero(digit == Y_NEW)[:3]
        assert np.array_equal(shades, 16 * X_NEW[rows])


def test_the_page_has_what_the_program_prints(monkeypatch, capsys):
    held = (LIVE / "network.js").read_text("utf-8")
    monkeypatch.chdir(ROOT)
    runpy.run_path(draw.__file__, run_name="__main__")
    printed = capsys.readouterr().out
    assert re.sub(r"-?\d+", "", printed) == re.sub(r"-?\d+", "", held)


def test_rounding_changes_no_probability_that_is_seen(network, held, shapes):
    hidden, output = (
        np.array(held[name]).T / 1000 for name in ("hidden", "output")
    )
    fields = np.vstack([X_NEW, *[inked(strokes) for strokes in shapes[0]]])
    rounded = forward(hidden[:-1], hidden[-1], output[:-1], output[-1], fields)
    difference = softmax(rounded[2]) - softmax(forward(*network, fields)[2])
    assert np.abs(difference).max() < 0.005


def test_the_page_begins_with_the_seven_of_the_figure():
    program = (LIVE / "draw.js").read_text("utf-8")
    (points,) = re.findall(r"const seven = (\[.*\])\n", program)
    assert np.array_equal(json.loads(points), SEVEN)
