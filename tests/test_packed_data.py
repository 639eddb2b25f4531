"""What a reader is told where a packed file of data is not what it was."""

import gzip
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

from data import deep_field, digits, mnist

BAD = (OSError, EOFError, ValueError, zlib.error)
README = Path(digits.__file__).with_name("README.md").read_text("utf-8")
SAID = {
    deep_field: "the picture that the page on convolution links to",
    digits: "should be the table of 1797 digits",
    mnist: "should be the 2500 images",
}


@pytest.fixture(params=SAID, ids=lambda module: module.__name__)
def module(request):
    return request.param


@pytest.fixture
def file(module):
    name = module.load.__defaults__[0]
    return Path(module.__file__).with_name(name)


@pytest.fixture
def told(module, tmp_path):
    """A function that saves a bad file, and returns the sentence on it."""

    def told(content=None):
        path = tmp_path / "data.gz"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BAD) as caught:
            module.load(path)
        message = str(caught.value)
        assert "\n" not in message
        assert message.startswith(str(path))
        assert SAID[module] in message
        assert "download it again into the folder you run in" in message
        assert caught.value.__cause__ is None
        return message

    return told


def test_it_is_read_from_the_folder_one_runs_in(module, file, monkeypatch):
    monkeypatch.chdir(file.parent)
    assert np.array_equal(module.load()[0], module.load(file)[0])


def test_a_file_that_is_missing_is_named(told):
    assert "No such file" in told()


def test_a_folder_in_its_place_is_named(told, tmp_path):
    (tmp_path / "data.gz").mkdir()
    told()


def test_a_page_saved_in_its_place_is_named(told):
    told(b"<!doctype html>")


@pytest.mark.parametrize("length", [0, 5, 30_000, -1])
def test_a_file_cut_short_is_named(told, file, length):
    told(file.read_bytes()[:length])


@pytest.mark.parametrize("place", [20, 30_000, -6])
def test_a_file_with_a_damaged_byte_is_named(told, file, place):
    content = bytearray(file.read_bytes())
    content[place] ^= 255
    told(bytes(content))


def test_a_file_in_which_one_number_was_changed_is_named(told, file):
    content = bytearray(gzip.decompress(file.read_bytes()))
    content[-2] ^= 1
    assert "holds something else" in told(gzip.compress(bytes(content), 1))


def test_packed_anew_the_same_data_are_welcome(module, file, tmp_path):
    path = tmp_path / "data.gz"
    path.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()), 1))
    assert np.array_equal(module.load(path)[0], module.load(file)[0])


def test_the_readme_states_the_hash_that_is_checked(module):
    assert module.SHA256 in re.findall(r"[0-9a-f]{64}", README)
