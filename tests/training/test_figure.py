from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from training.concise import train
from training.figure import losses
from training.vectorized import three_sets
from verify import figures

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
SETS = three_sets(torch.tensor(X, dtype=torch.float32), torch.tensor(y))


@pytest.fixture(scope="module")
def axes():
    return losses().axes[0]


def test_each_colour_has_a_dashed_and_a_solid_curve_and_the_lowest_point(axes):
    assert len(axes.lines) == 6
    for k, alpha in enumerate((0.0, 0.003)):
        seen, unseen, low = axes.lines[3 * k : 3 * k + 3]
        assert {line.get_color() for line in (seen, unseen, low)} == {f"C{k}"}
        assert (seen.get_linestyle(), unseen.get_linestyle()) == ("--", "-")
        path = np.array(train(*SETS[:2], alpha=alpha)[2])
        assert seen.get_ydata() == pytest.approx(path[:, 0])
        assert unseen.get_ydata() == pytest.approx(path[:, 1])
        lowest = path[:, 1].argmin()
        assert low.get_xdata() == [lowest + 1]
        assert low.get_ydata() == [path[lowest, 1]]


def test_what_the_caption_says_is_drawn(axes):
    blue, orange = axes.lines[1].get_ydata(), axes.lines[4].get_ydata()
    assert blue[-1] > 1.05 * blue.min()
    assert axes.lines[0].get_ydata()[-1] < 0.02
    assert orange[-1] < blue[-1]


def test_the_axes_carry_their_symbols(axes):
    assert axes.get_yscale() == "log"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$t$", "$L$")
    assert [t.get_text() for t in axes.get_legend().get_texts()] == [
        r"$\alpha = 0$",
        r"$\alpha = 0.003$",
    ]


def test_the_file_stays_small():
    assert len(figures.svg(losses)) < 60_000
