import gzip
from pathlib import Path

import numpy as np

from data import mnist

FILE = Path(mnist.__file__).with_name("mnist.gz")


def test_the_arrays_are_the_bytes():
    X, y = mnist.load(FILE)
    table = gzip.decompress(FILE.read_bytes())
    assert len(table) == 2500 * 785
    assert X.shape == (2500, 784)
    for i in (0, 1, 1249, 2499):
        *pixels, digit = table[785 * i : 785 * (i + 1)]
        assert np.allclose(255 * X[i], pixels)
        assert y[i] == digit
    assert (X.min(), X.max()) == (0, 1)


def test_the_file_is_sorted_with_250_images_of_each_digit():
    _, y = mnist.load(FILE)
    assert np.array_equal(y, np.repeat(np.arange(10), 250))


def test_images_are_centred_as_those_of_mnist():
    images = mnist.load(FILE)[0].reshape(2500, 28, 28)
    # a box of 20 x 20, its middle of mass moved to the middle of the image
    rows = (images.sum(axis=2) @ np.arange(28)) / images.sum(axis=(1, 2))
    assert abs(rows - 13.5).max() < 1.1


def test_no_image_stands_there_twice():
    X, _ = mnist.load(FILE)
    assert len(np.unique(X, axis=0)) == 2500
