"""Each figure is what its function draws."""

import pytest

from verify import figures
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
