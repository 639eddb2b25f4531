import gzip
from pathlib import Path

import numpy as np

from data import deep_field

FILE = Path(deep_field.__file__).with_name("deep_field.csv.gz")


def test_the_array_is_the_table_one_colour_after_the_other():
    picture = deep_field.load(FILE)
    table = gzip.decompress(FILE.read_bytes()).decode()
    rows = [list(map(int, line.split(","))) for line in table.split()]
    assert picture.shape == (3, 128, 128)
    assert np.allclose(255 * picture.reshape(384, 128), rows)
    assert (picture.min(), picture.max()) == (0, 1)


def test_the_big_galaxy_is_red_and_the_star_is_white():
    picture = deep_field.load(FILE)
    red, green, blue = picture[:, 46, 86:106].mean(axis=1)
    assert red > green > blue
    assert (picture[:, 103:106, 57:60] > 0.85).all()
