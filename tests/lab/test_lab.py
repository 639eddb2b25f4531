import ast
import json
from pathlib import Path

import pytest

from data import hubble_1929
from verify import shapes

DOCS = Path(__file__).parents[2] / "docs"


def cells(language):
    text = (DOCS / language / "lab.ipynb").read_text(encoding="utf-8")
    return json.loads(text)["cells"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_lists_of_the_notebook_are_the_data(language):
    (source,) = (
        "".join(cell["source"])
        for cell in cells(language)
        if cell["id"] == "data-code"
    )
    names = {}
    exec(source, names)
    assert names["x"] == hubble_1929.x
    assert names["y"] == hubble_1929.y


def test_both_languages_name_and_order_their_cells_alike():
    zh, en = cells("zh"), cells("en")
    assert [cell["id"] for cell in zh] == [cell["id"] for cell in en]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_fit_shown_is_the_closed_form(language):
    shown = next(c for c in cells(language) if c["id"] == "check-code")
    lines = "".join(shown["outputs"][0]["text"]).split("\n")
    assert lines[0] == lines[1] == "w = 454.158, b = -40.784"


def test_the_shapes_that_comments_state_are_those_of_the_values(monkeypatch):
    from matplotlib import pyplot

    monkeypatch.setattr(pyplot, "show", pyplot.close)
    names = dict(shapes.NAMES)
    for cell in cells("zh"):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert shapes.loose(source) == []
            tree = shapes.watched(ast.parse(source), source)
            exec(compile(tree, cell["id"], "exec"), names)
