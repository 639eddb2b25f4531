"""Figures: their functions, their files and their places on the pages."""

import importlib
import shutil

import pytest

import page
from page import Fault
from verify import figures, rules, structure

DRAW = """
import numpy as np
from matplotlib import pyplot as plt


def rise():
    figure, axes = plt.subplots()
    axes.plot(np.linspace(0, 1), np.linspace(0, 1) ** 2, label="$x^2$")
    axes.legend()
    return figure


def fall(size=2):
    figure, axes = plt.subplots()
    axes.plot([size, 0])
    return figure


def _helper(needed):
    return needed
"""
FOLDER = "../assets/figures/picture_test"
SHOW = f"![升]({FOLDER}/rise.svg)\n\n![降]({FOLDER}/fall.svg)\n"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The figures of a chapter, drawn once."""
    import sys

    root = tmp_path_factory.mktemp("drawn")
    (root / "picture_test").mkdir()
    (root / "picture_test/figure.py").write_text(DRAW, encoding="utf-8")
    sys.path.insert(0, str(root))
    try:
        module = importlib.import_module("picture_test.figure")
        yield {
            name: figures.svg(getattr(module, name))
            for name in ("rise", "fall")
        }
    finally:
        sys.path.remove(str(root))


@pytest.fixture
def chapter(book, drawn):
    """A book with a chapter of two figures, as they should be."""
    book.write("snippets/picture_test/figure.py", DRAW)
    for name, svg in drawn.items():
        path = book.write(f"docs/assets/figures/picture_test/{name}.svg", "")
        path.write_bytes(svg.encode())
    for language in ("zh", "en"):
        book.page(SHOW, f"{language}/picture_test")
    return book


def test_figures_as_they_should_be_pass(chapter):
    names = [name for _, name in figures.files(chapter.root)]
    assert names == ["fall", "rise"]
    assert list(structure.unseen(chapter.root)) == []
    assert figures.stale("picture_test", "rise", chapter.root) == []


def stale(chapter, name):
    (edit,) = figures.stale("picture_test", name, chapter.root)
    return str(edit.fault)


def test_a_figure_is_the_same_bytes_whatever_was_drawn_before(drawn):
    from matplotlib import pyplot, rcParams

    module = importlib.import_module("picture_test.figure")
    rcParams["lines.linewidth"] = 9
    pyplot.plot([1, 2])
    try:
        assert figures.svg(module.rise) == drawn["rise"]
        assert rcParams["lines.linewidth"] == 9  # and leaves no trace
    finally:
        rcParams.update({"lines.linewidth": 1.5})
        pyplot.close("all")


def test_a_figure_holds_no_date_and_no_font(drawn):
    text = drawn["rise"]
    assert "<dc:date>" not in text
    assert "<text" not in text
    assert "matplotlib.org" not in text


def test_coordinates_are_rounded_and_nothing_else(drawn):
    import re

    text = drawn["rise"]
    for _, numbers in re.findall(r' (d|x|y)="([^"]*)"', text):
        assert not re.search(r"\.\d{4}", numbers)
    # The sizes of letters are no coordinates.
    assert re.search(r"scale\(0\.\d{4,}", text)


def test_a_figure_that_changed_is_named(chapter):
    path = figures.path("picture_test", "rise", chapter.root)
    path.write_bytes(path.read_bytes().replace(b"M ", b"M 1", 1))
    fault = stale(chapter, "rise")
    assert fault.startswith(
        "docs/assets/figures/picture_test/rise.svg:1: is not"
    )
    assert "make update PAGE=picture_test" in fault


def test_a_figure_without_a_file_is_named(chapter):
    figures.path("picture_test", "fall", chapter.root).unlink()
    assert ("picture_test", "fall") in figures.files(chapter.root)
    assert "fall.svg:1: is not what fall() in snippets/" in stale(
        chapter, "fall"
    )


def test_a_file_that_no_function_makes_is_named(chapter):
    path = figures.path("picture_test", "rise", chapter.root)
    shutil.copy(path, path.with_name("leap.svg"))
    assert ("picture_test", "leap") in figures.files(chapter.root)
    missing = r"no function leap\(\) in snippets/picture_test/figure.py"
    with pytest.raises(Fault, match=missing):
        stale(chapter, "leap")


def test_a_figure_that_no_page_shows_is_named(chapter):
    for language in ("zh", "en"):
        picture = "![升](../assets/figures/picture_test/rise.svg)\n"
        chapter.page(picture, f"{language}/picture_test")
    (fault,) = map(str, structure.unseen(chapter.root))
    assert fault.startswith(
        "docs/assets/figures/picture_test/fall.svg:1: no page shows this file"
    )


@pytest.mark.parametrize("words", ["", " "])
def test_an_image_that_says_nothing_is_named(chapter, words):
    text = f"---\ntitle: 图\ndescription: 图。\n---\n{SHOW}"
    text = text.replace("![降]", f"![{words}]")
    path = chapter.page(text, "zh/picture_test")
    found = [(7, "fall.svg has no alternative text")]
    assert [each[:2] for each in rules.unsaid(page.read(path))] == found
