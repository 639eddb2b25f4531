import gzip
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

from data import digits

FILE = Path(digits.__file__).with_name("digits.csv.gz")
BAD = (OSError, EOFError, ValueError, zlib.error)
README = FILE.with_name("README.md").read_text("utf-8")


def told(path):
    """Return the error of a bad file, which has to be a single sentence."""
    with pytest.raises(BAD) as caught:
        digits.load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert "should be the table of 1797 digits" in message
    assert "download it again into the folder you run in" in message
    assert caught.value.__cause__ is None
    return message


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


def test_it_is_read_from_the_folder_one_runs_in(monkeypatch):
    monkeypatch.chdir(FILE.parent)
    assert digits.load()[0].shape == (1797, 64)


def test_a_file_that_is_missing_is_named(tmp_path):
    path = tmp_path / "digits.csv.gz"
    assert "No such file" in told(path)
    with pytest.raises(FileNotFoundError):
        digits.load(path)


def test_a_folder_in_its_place_is_named(tmp_path):
    told(tmp_path)


def test_a_page_saved_in_its_place_is_named(tmp_path):
    path = tmp_path / "digits.csv.gz"
    path.write_text("<!doctype html>")
    told(path)


@pytest.mark.parametrize("length", [0, 5, 30_000, 57_522])
def test_a_file_cut_short_is_named(tmp_path, length):
    path = tmp_path / "digits.csv.gz"
    path.write_bytes(FILE.read_bytes()[:length])
    told(path)


@pytest.mark.parametrize("place", [20, 30_000, -6])
def test_a_file_with_a_damaged_byte_is_named(tmp_path, place):
    content = bytearray(FILE.read_bytes())
    content[place] ^= 255
    path = tmp_path / "digits.csv.gz"
    path.write_bytes(content)
    told(path)


def test_a_table_in_which_one_digit_was_changed_is_named(tmp_path):
    table = gzip.decompress(FILE.read_bytes())
    path = tmp_path / "digits.csv.gz"
    path.write_bytes(gzip.compress(table.replace(b",0\n", b",1\n", 1)))
    assert "holds something else" in told(path)


def test_packed_anew_the_same_table_is_welcome(tmp_path):
    path = tmp_path / "digits.csv.gz"
    path.write_bytes(gzip.compress(gzip.decompress(FILE.read_bytes()), 1))
    assert digits.load(path)[1][9] == 9


def test_the_readme_states_the_hash_that_is_checked():
    assert digits.SHA256 in re.findall(r"[0-9a-f]{64}", README)
