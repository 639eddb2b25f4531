"""The notebooks show what their cells give."""

import nbformat
import pytest

import page
from verify.faults import expect_none
from verify.notebooks import faults
from verify.project import ROOT

EACH = pytest.mark.parametrize(
    "path", sorted(ROOT.glob("docs/??/*.ipynb")), ids=page.shown
)


@EACH
@pytest.mark.kind("notebook")
def test_a_notebook_shows_what_its_cells_give(path):
    expect_none(faults(path))


@EACH
def test_a_notebook_begins_with_its_title(path):
    notebook = nbformat.read(path, as_version=4)
    title = notebook.metadata.title
    if not f"{notebook.cells[0].source}\n".startswith(f"# {title}\n"):
        line = page.line_of('"source"', path)
        what = f"the first heading is not the title, {title}"
        mend = f"Begin with # {title}, or name it so in the metadata."
        expect_none([page.Fault(path, line, what, mend)])
