"""The notebooks show what their cells give."""

import pytest

import page
from verify.faults import expect_none
from verify.notebooks import faults
from verify.project import ROOT


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("docs/??/*.ipynb")), ids=page.shown
)
@pytest.mark.kind("notebook")
def test_a_notebook_shows_what_its_cells_give(path):
    expect_none(faults(path))
