"""Each figure is what its function draws."""

import pytest

from verify import figures


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        pytest.param(*file, id="{}/{}".format(*file))
        for file in figures.files()
    ],
)
@pytest.mark.kind("figure")
def test_the_figure_is_what_its_function_draws(stem, name):
    if edit := figures.stale(stem, name):
        raise edit.fault
