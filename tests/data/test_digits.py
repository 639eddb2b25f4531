import gzip
from pathlib import Path

import numpy as np

from data import digits

FILE = Path(digits.__file__).with_name("digits.csv.gz")


def test_the_arrays_are_the_table():
    X, y = digits.load(FILE)
    table = gzip.decompress(FILE.read_bytes()).decode()
    rows = [list(map(int, line.split(","))) for line in table.split()]
    assert X.shape == (1797, 64)
    assert y.shape == (1797,)
    assert (16 * X).tolist() == [row[:64] for row in rows]
    assert y.tolist() == [row[64] for row in rows]


def test_pixels_lie_between_0_and_1_and_each_digit_is_there():
    X, y = digits.load(FILE)
    assert (X.min(), X.max()) == (0, 1)
    # as UCI's page counts the classes of this part
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(y).tolist() == counts
