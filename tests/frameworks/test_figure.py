import re
from pathlib import Path

import numpy as np
import pytest

from frameworks import figure
from frameworks.concise import slope
from frameworks.scratch import score


def test_the_straight_line_touches_the_curve_with_its_slope():
    line = figure.tangent().axes[0].lines[1]
    (x0, x1), (y0, y1) = line.get_xdata(), line.get_ydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope(score, 2))
    assert np.interp(2, [x0, x1], [y0, y1]) == pytest.approx(score(2))


def test_every_framework_of_the_list_is_drawn_once_in_order_of_birth():
    axes = figure.timeline().axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == list(figure.YEARS)
    assert len(set(names)) == 7
    first = [years[0] for years in figure.YEARS.values()]
    assert first == sorted(first)


def test_the_bars_run_over_the_years_of_the_table():
    page = Path(__file__).parents[2] / "docs/en/frameworks.md"
    rows = re.findall(
        r"^\| (\w+) \| (\d{4})\[\^\w+\] \|.*?(20\d\d)[-\[)]",
        page.read_text("utf-8"),
        re.MULTILINE,
    )
    assert {name: int(first) for name, first, _ in rows} == {
        name: years[0] for name, years in figure.YEARS.items()
    }
    assert {name: int(last) for name, _, last in rows} == {
        name: years[1] for name, years in figure.YEARS.items()
    }


def test_just_three_frameworks_reach_the_present():
    alive = {n for n, (_, last) in figure.YEARS.items() if last == figure.NOW}
    assert alive == {"TensorFlow", "PaddlePaddle", "PyTorch"}


def test_the_tangent_is_drawn_on_the_score_with_its_labels():
    axes = figure.tangent().axes[0]
    curve, _, touch, star = axes.lines
    assert curve.get_ydata() == pytest.approx(
        [(3 * w - 9) ** 2 / 2 for w in curve.get_xdata()]
    )
    assert (touch.get_xdata()[0], touch.get_ydata()[0]) == (2, 4.5)
    assert (star.get_xdata()[0], star.get_ydata()[0]) == (3, 0)
    assert curve.get_ydata().min() == pytest.approx(0)
    found = [drawn.get_color() for drawn in axes.lines]
    assert found == ["C0", "C1", "C1", "C2"]
    assert (touch.get_marker(), star.get_marker()) == ("o", "*")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$w$", "$f(w)$")
    assert [text.get_text() for text in axes.texts] == ["$-9$"]


def test_each_bar_runs_over_the_years_of_its_framework():
    axes = figure.timeline().axes[0]
    bars = [line for line in axes.lines if len(line.get_xdata()) == 2]
    assert [tuple(bar.get_xdata()) for bar in bars] == list(
        figure.YEARS.values()
    )
    names = [label.get_text() for label in axes.get_yticklabels()]
    rows = axes.get_yticks()
    for bar, name, row in zip(bars, names, rows, strict=True):
        assert set(bar.get_ydata()) == {row}
        alive = figure.YEARS[name][1] == figure.NOW
        assert bar.get_color() == ("C0" if alive else "#808894")


def test_the_bars_that_go_on_end_in_an_arrow():
    axes = figure.timeline().axes[0]
    arrows = [line for line in axes.lines if line.get_marker() == ">"]
    names = list(figure.YEARS)
    found = {names[int(arrow.get_ydata()[0])] for arrow in arrows}
    assert found == {"TensorFlow", "PaddlePaddle", "PyTorch"}
    assert {arrow.get_color() for arrow in arrows} == {"C0"}
