from pathlib import Path

import numpy as np
import pytest
import torch
from matplotlib.colors import same_color

from depth.concise import Deep, slopes_by_layer
from depth.figure import _known, paths, slopes

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def lines():
    (axes,) = slopes().axes
    assert axes.get_yscale() == "log"
    assert axes.get_ylim() == (1e-15, 10)
    assert axes.get_xlabel() == "$m$"
    return axes.lines


def test_three_arcs_leave_a_straight_line_and_come_back_to_it():
    (axes,) = paths().axes
    straight, *rest = axes.lines
    assert same_color(straight.get_color(), "C0")
    assert straight.get_linestyle() == "-"
    assert set(straight.get_ydata()) == {0}
    arcs, squares = rest[::2], rest[1::2]
    for m, (arc, square) in enumerate(zip(arcs, squares, strict=True)):
        assert arc.get_linestyle() == "--"
        assert same_color(arc.get_color(), "C1")
        assert same_color(square.get_color(), "C1")
        assert np.allclose(arc.get_ydata()[[0, -1]], 0)
        across = arc.get_xdata()
        assert m < across[0] < square.get_xdata()[0] < across[-1] < m + 1
    words = [each.get_text() for each in axes.texts]
    assert words == ["$p$", "$+$", "$q$", "$+$", "$r$", "$+$"]


def test_the_lines_are_the_kinds_that_the_caption_names(lines):
    styles = [(":", "C3"), ("--", "C1"), ("-.", "C2"), ("-", "C0")]
    for line, (dashes, colour) in zip(lines, styles, strict=True):
        assert line.get_linestyle() == dashes
        assert same_color(line.get_color(), colour)
        assert line.get_xdata().tolist() == list(range(1, 30))
    kinds = {}, {"norm": True}, {"add": True}, {"add": True, "norm": True}
    for line, options in zip(lines, kinds, strict=True):
        torch.manual_seed(0)
        found = slopes_by_layer(Deep(30, **options), *_known())
        assert line.get_ydata().tolist() == pytest.approx(found)


def test_red_misses_ten_powers_of_ten_where_the_others_arrive(lines):
    red, *others = (line.get_ydata() for line in lines)
    assert red[-1] / red[0] > 1e10
    for line in others:
        assert line[0] / red[0] > 1e10
        assert max(line) / min(line) < 30


def test_the_training_set_is_that_of_the_page():
    assert len(_known()[1]) == 386


@pytest.mark.parametrize("name", ["paths", "slopes"])
def test_the_files_stay_small(name):
    path = Path(f"docs/assets/figures/depth/{name}.svg")
    assert path.stat().st_size < 80_000
