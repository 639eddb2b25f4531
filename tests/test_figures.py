"""Each figure is drawn by its function and shown on the pages."""

import pytest

from verify import figures, pictures
from verify.faults import expect_none


@pytest.mark.parametrize("stem", figures.stems())
def test_the_figures_are_what_their_functions_draw(stem):
    expect_none(pictures.unmade(stem))
    expect_none(pictures.stale(stem, name) for name in figures.functions(stem))


def test_each_figure_is_shown_in_both_languages_and_described():
    expect_none(pictures.unseen())
