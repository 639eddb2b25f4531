"""Each figure is what its function draws, in the colours that are named."""

import re

import pytest
from bs4 import BeautifulSoup
from matplotlib import rc_params_from_file

import page
from verify import figures
from verify.faults import expect_none
from verify.project import LANGUAGES, pages

CYCLE = rc_params_from_file(figures.STYLE, use_default_template=False)
# Blue, orange, green, red, grey; then what no figure has.
DRAWN = [*CYCLE["axes.prop_cycle"].by_key()["color"][:4], "#808894"]
DRAWN += ["#800080", "#ffff00"]
NAMES = {
    "zh": ("蓝", "橙", "绿", "红", "灰", "紫", "黄"),
    "en": ("blue", "orange", "green", "red", "grey", "purple", "yellow"),
}


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        pytest.param(*file, id="{}/{}".format(*file))
        for file in figures.files()
    ],
)
@pytest.mark.kind("figure")
def test_the_figure_is_what_its_function_draws(stem, name):
    found = map(figures.stale, [stem], [name])
    expect_none(edit.fault for edits in found for edit in edits)


@pytest.mark.parametrize(
    "path",
    [path for language in LANGUAGES for path in pages(language)],
    ids=page.shown,
)
def test_a_figure_has_the_colours_that_its_page_names(read, path):
    expect_none(_colours_not_drawn(read(path)))


def _colours_not_drawn(read):
    html = "" if read.faults else read.html  # what it lacks is told already
    for figure in BeautifulSoup(html, "lxml")("figure"):
        picture = read.path.parent / figure.img["src"]
        if not picture.is_file():  # the build or the test above says so
            continue
        svg = picture.read_text("utf-8")
        said = f"{figure.img['alt']} {figure.get_text()}".lower()
        names = NAMES[read.path.parent.name]
        for name, colour in zip(names, DRAWN, strict=True):
            is_named = re.search(rf"(?<![a-z]){name}(?!uce)", said)
            # An <image> holds its colours as pixels.
            if is_named and "<image" not in svg and colour not in svg:
                yield page.Fault(
                    read.path,
                    page.line_of(figure.img["src"], read.path),
                    f"caption or alternative text says {name}, which the "
                    "figure lacks",
                    "Name the colours that it has, or draw it so.",
                )
