"""Each figure is drawn by its function and shown on the pages."""

import pytest

from verify import figures, pictures
from verify.faults import expect_none


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        pytest.param(*file, id="{}/{}".format(*file))
        for file in figures.files()
    ],
)
@pytest.mark.kind("figure")
def test_the_figure_is_what_its_function_draws(stem, name):
    expect_none([figures.stale(stem, name)])


def test_each_figure_is_shown_in_both_languages():
    expect_none(pictures.unseen())
