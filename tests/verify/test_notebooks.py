"""Notebooks: the code runs once, and both languages show what it gives."""

import base64
import io

import nbformat
import pytest

import page
from page import Fault
from verify import notebooks, update
from verify.translations.sequence import blocks, differences

CODE = (
    "import matplotlib.pyplot as plt\nprint('w =', 454.158)",
    "plt.plot([0, 1])\nplt.show()",
    "2 + 3",
    # A reader has neither the project's modules nor its files.
    "import os\nprint('PYTHONPATH' in os.environ, os.listdir())",
)


def write(book, language, code=CODE, words="字"):
    cells = [nbformat.v4.new_markdown_cell(f"# {words}")]
    cells += [nbformat.v4.new_code_cell(source) for source in code]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    notebook = nbformat.v4.new_notebook(cells=cells)
    path = book.write(f"docs/{language}/lab.ipynb", "")
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def pair(book, monkeypatch):
    """Two notebooks that show what their cells give."""
    monkeypatch.setenv("PYTHONPATH", "tests")
    paths = [write(book, "zh"), write(book, "en", words="words")]
    for path in paths:
        update.mended(path)
    return paths


def told(path):
    return [str(fault) for fault in notebooks.faults(path)]


def edit(path, change):
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def test_notebooks_as_they_should_be_pass(pair):
    assert told(pair[0]) == []
    assert told(pair[1]) == []
    assert update.mended(pair[0]) == []
    text = pair[0].read_text("utf-8")
    assert "字" in text
    assert "w = 454.158" in text
    assert "False []" in text
    assert "image/png" in text


def test_outputs_are_listed_when_they_are_rewritten(pair, book):
    (fault,) = update.mended(write(book, "zh"))
    assert fault.what == (
        "does not show what its code gives: cell-1, cell-2, cell-3, cell-4"
    )


def stale_text(notebook):
    notebook.cells[1].outputs[0].text = "w = 455.158\n"


def stale_picture(notebook):
    notebook.cells[2].outputs[0].data["image/png"] = picture(0)


def no_output(notebook):
    notebook.cells[3].outputs = []


@pytest.mark.parametrize(
    ("change", "cell"), [(stale_text, 1), (stale_picture, 2), (no_output, 3)]
)
def test_a_stale_output_is_named_with_its_cell(pair, change, cell):
    edit(pair[1], change)
    (fault,) = told(pair[1])
    assert fault.startswith("docs/en/lab.ipynb:")
    assert f": does not show what its code gives: cell-{cell}\n" in fault
    assert "make update PAGE=lab" in fault


def change_code(notebook):
    notebook.cells[3].source = "2 + 4"


def drop_cell(notebook):
    notebook.cells.pop()


@pytest.mark.parametrize("change", [change_code, drop_cell])
def test_code_that_differs_between_languages_is_named(pair, change):
    def compared():
        return list(differences(*(blocks(page.read(path)) for path in pair)))

    assert compared() == []
    edit(pair[1], change)
    (difference,) = compared()
    assert "only zh: " in difference
    assert "code " in difference


@pytest.mark.parametrize("words", ["斜率是 454.2。", "斜率 454<!-- = w -->"])
def test_a_number_that_no_cell_prints_is_named(pair, words):
    def change(notebook):
        notebook.cells[0].source += f"\n\n{words}"

    edit(pair[0], change)
    (fault,) = told(pair[0])
    assert "lab.ipynb:10: this number is one that nothing checks" in fault


@pytest.mark.parametrize(
    ("output", "what"),
    [
        (
            nbformat.v4.new_output("error", ename="KeyError", evalue="'w'"),
            "the cell cell-1 gives an error: KeyError: 'w'",
        ),
        (
            nbformat.v4.new_output("stream", name="stderr", text="慢\n"),
            "the cell cell-1 gives an stderr: 慢",
        ),
    ],
)
def test_a_notebook_that_fails_is_left_alone(pair, monkeypatch, output, what):
    monkeypatch.setattr(notebooks, "_executed", lambda code: [[output]] * 4)
    before = pair[0].read_bytes()
    with pytest.raises(Fault, match=what):
        told(pair[0])
    with pytest.raises(Fault, match=what):
        update.mended(pair[0])
    assert pair[0].read_bytes() == before


def picture(level, size=(40, 30)):
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, (level, 0, 0)).save(buffer, "png")
    return base64.b64encode(buffer.getvalue()).decode()


def test_pictures_are_compared_by_what_is_seen():
    assert notebooks.same_picture(picture(100), picture(100) + "\n")
    assert notebooks.same_picture(picture(100), picture(110))
    assert not notebooks.same_picture(picture(100), picture(130))
    assert not notebooks.same_picture(picture(100), picture(100, (30, 40)))
