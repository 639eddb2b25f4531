import gzip
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

from data import mnist

FILE = Path(mnist.__file__).with_name("mnist.gz")
BAD = (OSError, EOFError, ValueError, zlib.error)
README = FILE.with_name("README.md").read_text("utf-8")


def told(path):
    """Return the error of a bad file, which has to be a single sentence."""
    with pytest.raises(BAD) as caught:
        mnist.load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert "should be the 2500 images" in message
    assert "download it again into the folder you run in" in message
    assert caught.value.__cause__ is None
    return message


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


def test_it_is_read_from_the_folder_one_runs_in(monkeypatch):
    monkeypatch.chdir(FILE.parent)
    assert mnist.load()[0].shape == (2500, 784)


def test_a_file_that_is_missing_is_named(tmp_path):
    path = tmp_path / "mnist.gz"
    assert "No such file" in told(path)
    with pytest.raises(FileNotFoundError):
        mnist.load(path)


def test_a_folder_in_its_place_is_named(tmp_path):
    told(tmp_path)


def test_a_page_saved_in_its_place_is_named(tmp_path):
    path = tmp_path / "mnist.gz"
    path.write_text("<!doctype html>")
    told(path)


@pytest.mark.parametrize("length", [0, 5, 30_000, 403_582])
def test_a_file_cut_short_is_named(tmp_path, length):
    path = tmp_path / "mnist.gz"
    path.write_bytes(FILE.read_bytes()[:length])
    told(path)


@pytest.mark.parametrize("place", [20, 30_000, -6])
def test_a_file_with_a_damaged_byte_is_named(tmp_path, place):
    content = bytearray(FILE.read_bytes())
    content[place] ^= 255
    path = tmp_path / "mnist.gz"
    path.write_bytes(content)
    told(path)


def test_a_file_in_which_one_digit_was_changed_is_named(tmp_path):
    table = gzip.decompress(FILE.read_bytes())
    path = tmp_path / "mnist.gz"
    path.write_bytes(gzip.compress(table[:-1] + b"\x08", 1))
    assert "holds something else" in told(path)


def test_packed_anew_the_same_table_is_welcome(tmp_path):
    path = tmp_path / "mnist.gz"
    path.write_bytes(gzip.compress(gzip.decompress(FILE.read_bytes()), 1))
    assert mnist.load(path)[1][-1] == 9


def test_the_readme_states_the_hash_that_is_checked():
    assert mnist.SHA256 in re.findall(r"[0-9a-f]{64}", README)
