"""Each figure is drawn by its function and shown on the pages."""

import pytest

from verify import figures, pictures
from verify.faults import expect_none


@pytest.mark.parametrize("stem", figures.stems())
def test_each_function_has_its_file(stem):
    expect_none(pictures.unmade(stem))


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        pytest.param(*file, id="{}/{}".format(*file))
        for file in figures.files()
    ],
)
@pytest.mark.kind("figure")
def test_the_figure_is_what_its_function_draws(stem, name):
    expect_none([pictures.stale(stem, name)])


def test_each_figure_is_shown_in_both_languages_and_described():
    expect_none(pictures.unseen())
