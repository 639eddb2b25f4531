import errno
from pathlib import Path

import nbformat
import pytest

from page import Fault
from verify.translations.freshness import accept, blob, staleness


@pytest.fixture
def pair(tmp_path):
    zh, en = tmp_path / "a.md", tmp_path / "b.md"
    zh.write_text("---\ntitle: 甲\n---\n\n一\n", encoding="utf-8")
    en.write_text("---\ntitle: A\n---\n\none\n", encoding="utf-8")
    return zh, en


def test_the_hash_is_the_one_that_git_gives():
    # echo hello | git hash-object --stdin
    assert blob(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_pages_with_the_line_ends_of_windows_have_the_same_hashes(pair):
    for path in pair:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert accept(*pair)
    assert b"\r\n" in pair[1].read_bytes()
    assert staleness(*pair) is None
    for path in pair:
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    assert staleness(*pair) is None


def test_a_page_that_cannot_be_written_is_left_as_it_is(pair, monkeypatch):
    before = pair[1].read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        accept(*pair)
    assert pair[1].read_bytes() == before


def test_a_page_without_a_record_is_stale(pair):
    assert "no source_blob" in staleness(*pair)


def test_an_accepted_page_is_fresh_until_the_chinese_one_changes(pair):
    zh, en = pair
    assert accept(zh, en)
    assert staleness(zh, en) is None
    assert en.read_text(encoding="utf-8").endswith("---\n\none\n")
    before = blob(zh.read_bytes())
    zh.write_text(zh.read_text(encoding="utf-8") + "二\n", encoding="utf-8")
    sentence = staleness(zh, en)
    assert f"git diff {before[:12]} {blob(zh.read_bytes())[:12]}" in sentence
    assert "make accept PAGE=a" in sentence


def test_an_accepted_page_is_stale_when_the_english_one_changes(pair):
    zh, en = pair
    assert accept(zh, en)
    accepted = en.read_text(encoding="utf-8")
    en.write_text(accepted.replace("one", "two"), encoding="utf-8")
    sentence = staleness(zh, en)
    assert "b.md:1: this page has changed since it was compared" in sentence
    assert "make accept PAGE=a" in sentence
    en.write_text(accepted.replace("title: A", "title: B"), encoding="utf-8")
    assert "this page has changed" in staleness(zh, en)
    assert accept(zh, en)
    assert staleness(zh, en) is None


def test_a_record_of_one_hash_is_not_enough(pair):
    zh, en = pair
    assert accept(zh, en)
    text = en.read_text(encoding="utf-8")
    en.write_text(text.replace("text_blob", "blob"), encoding="utf-8")
    assert "the page has no text_blob yet" in staleness(zh, en)


def test_accepting_again_changes_nothing(pair):
    assert accept(*pair)
    assert not accept(*pair)


def test_a_notebook_keeps_the_record_in_its_metadata(tmp_path):
    zh, en = tmp_path / "zh.ipynb", tmp_path / "en.ipynb"
    for path in (zh, en):
        nbformat.write(nbformat.v4.new_notebook(), path)
    assert "no source_blob" in staleness(zh, en)
    with pytest.raises(Fault, match="a notebook's metadata has a line for"):
        accept(zh, en)
    notebook = nbformat.v4.new_notebook()
    notebook.metadata |= {"source_blob": "0", "text_blob": "1", "title": "é"}
    nbformat.write(notebook, en)
    assert accept(zh, en)
    assert staleness(zh, en) is None
    assert not accept(zh, en)
    text = en.read_text(encoding="utf-8")
    assert nbformat.reads(text, 4).metadata["title"] == "é"
    en.write_text(text.replace("é", "e"), encoding="utf-8")
    assert "en.ipynb:1: this page has changed" in staleness(zh, en)
    zh.write_text(zh.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "git diff" in staleness(zh, en)
