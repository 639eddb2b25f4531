import gzip
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

from data import deep_field

FILE = Path(deep_field.__file__).with_name("deep_field.csv.gz")
BAD = (OSError, EOFError, ValueError, zlib.error)
README = FILE.with_name("README.md").read_text("utf-8")


def told(path):
    """Return the error of a bad file, which has to be a single sentence."""
    with pytest.raises(BAD) as caught:
        deep_field.load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert "the picture that the page on convolution links to" in message
    assert "download it again into the folder you run in" in message
    assert caught.value.__cause__ is None
    return message


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


def test_it_is_read_from_the_folder_one_runs_in(monkeypatch):
    monkeypatch.chdir(FILE.parent)
    assert deep_field.load().shape == (3, 128, 128)


def test_a_file_that_is_missing_is_named(tmp_path):
    path = tmp_path / "deep_field.csv.gz"
    assert "No such file" in told(path)
    with pytest.raises(FileNotFoundError):
        deep_field.load(path)


def test_a_folder_in_its_place_is_named(tmp_path):
    told(tmp_path)


@pytest.mark.parametrize("length", [0, 5, 30_000, 45_074])
def test_a_file_cut_short_is_named(tmp_path, length):
    path = tmp_path / "deep_field.csv.gz"
    path.write_bytes(FILE.read_bytes()[:length])
    told(path)


@pytest.mark.parametrize("place", [20, 30_000, -6])
def test_a_file_with_a_damaged_byte_is_named(tmp_path, place):
    content = bytearray(FILE.read_bytes())
    content[place] ^= 255
    path = tmp_path / "deep_field.csv.gz"
    path.write_bytes(content)
    told(path)


def test_a_table_in_which_one_pixel_was_changed_is_named(tmp_path):
    table = gzip.decompress(FILE.read_bytes())
    path = tmp_path / "deep_field.csv.gz"
    changed = table.replace(b",12\n", b",13\n", 1)
    path.write_bytes(gzip.compress(changed))
    assert "holds something else" in told(path)


def test_packed_anew_the_same_table_is_welcome(tmp_path):
    path = tmp_path / "deep_field.csv.gz"
    path.write_bytes(gzip.compress(gzip.decompress(FILE.read_bytes()), 1))
    assert deep_field.load(path).max() == 1


def test_the_readme_states_the_hash_that_is_checked():
    assert deep_field.SHA256 in re.findall(r"[0-9a-f]{64}", README)
