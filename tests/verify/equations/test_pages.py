"""The equations of all pages: none escapes, in both languages."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from page import Fault
from verify.equations.pages import examined
from verify.equations.source import Equation, Source, items, read
from verify.project import LANGUAGES, ROOT, pages
from verify.translations.sequence import normal_tex


def equations(language):
    """Return all equations of a language, by page."""
    return {
        path.name: [
            item
            for item in read(path).items
            if isinstance(item, Equation) and item.is_claim
        ]
        for path in pages(language)
    }


def test_both_languages_have_the_same_equations():
    found = [
        {
            name: [
                (normal_tex(each.latex), normal_tex(str(each.directive)))
                for each in page
            ]
            for name, page in equations(language).items()
        }
        for language in LANGUAGES
    ]
    assert found[0] == found[1]


def of_notebook(path):
    """Return the formulas of a notebook's Markdown; lines count cells."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [
        replace(item, line=number)
        for number, cell in enumerate(cells, 1)
        if cell["cell_type"] == "markdown"
        for item in items("".join(cell["source"]))
    ]
    return Source(path, tuple(found))


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("docs/??/*.ipynb")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_equations_of_a_notebook_hold(path):
    source = of_notebook(path)
    for index in range(len(source.items)):
        result = examined(source, index)
        assert not isinstance(result, Fault), str(result)


def test_collecting_does_not_import_torch():
    code = (
        "import sys, verify\n"
        "from pathlib import Path\n"
        "import verify.equations.sybil_parser\n"
        "from verify.equations.source import read\n"
        f"read(Path({str(ROOT)!r}) / 'docs/zh/notation.md')\n"
        "assert not {'torch', 'sympy'} & set(sys.modules)\n"
    )
    paths = {"PYTHONPATH": "tests:docs/hooks"}
    command = [sys.executable, "-c", code]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | paths)


def test_a_notebook_is_read_by_cells(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["the line\n", "$z = w x + b$"]},
        {"cell_type": "code", "source": ["'$a = b$'"]},
        {"cell_type": "markdown", "source": ["$$\n", "w = 0\n", "$$"]},
    ]
    path = tmp_path / "lab.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert [(i.latex.strip(), i.line) for i in of_notebook(path).items] == [
        ("z = w x + b", 1),
        ("w = 0", 3),
    ]
