import numpy as np
import pytest
from matplotlib.colors import to_rgba

from cuda import figure
from cuda.measured import recorded
from cuda.scratch import matmul_operations, seconds


def test_the_orders_end_long_before_the_work():
    axes = figure.timeline().axes[0]
    orders, work = (c.get_datalim(axes.transData) for c in axes.collections)
    assert orders.x1 == pytest.approx(axes.lines[1].get_xdata()[0])
    assert work.x1 == pytest.approx(axes.lines[2].get_xdata()[0])
    assert work.x1 > 4 * orders.x1


def test_the_gpu_is_drawn_as_it_was_estimated():
    _, gpu, *_ = figure.estimate().axes[0].lines
    m = gpu.get_xdata()
    assert (m[0], m[-1]) == pytest.approx((2, 8192))
    assert gpu.get_ydata() == pytest.approx(seconds(matmul_operations(m)))


def test_the_cpu_is_drawn_through_its_first_and_its_last_mark():
    cpu, _, marks, *_ = figure.estimate().axes[0].lines
    m = cpu.get_xdata()
    tau, *_, last = marks.get_ydata()
    rest = (cpu.get_ydata() - tau) / matmul_operations(m)
    assert rest == pytest.approx(rest[-1])  # the formula
    # 12 operations and their time do not show beside the fixed cost
    assert cpu.get_ydata()[0] == pytest.approx(tau, rel=1e-4)
    assert cpu.get_ydata()[-1] == pytest.approx(last, rel=1e-4)


@pytest.mark.parametrize(("line", "device"), [(2, "cpu"), (3, "cuda")])
def test_the_marks_are_what_was_measured(line, device):
    marks = figure.estimate().axes[0].lines[line]
    assert list(marks.get_xdata()) == [2**k for k in range(1, 14)]
    assert list(marks.get_ydata()) == [
        recorded(f"product {m} {device}") for m in marks.get_xdata()
    ]


def test_the_marks_lie_where_the_page_says():
    cpu, gpu, squares, circles, _ = figure.estimate().axes[0].lines
    m = squares.get_xdata()
    ours, theirs = (
        np.exp(np.interp(np.log(m), *np.log(curve.get_xydata().T)))
        for curve in (cpu, gpu)
    )
    assert np.all(circles.get_ydata() < 1.5 * theirs)  # close to the curve
    assert np.all(circles.get_ydata() > theirs / 1.5)
    middle = (m >= 64) & (m <= 4096)
    assert np.all(squares.get_ydata()[middle] > 1.1 * ours[middle])
    faster = squares.get_ydata() < circles.get_ydata()
    assert list(faster) == list(m <= 128)  # the CPU


def test_the_timeline_is_four_orders_above_four_pieces_of_work():
    axes = figure.timeline().axes[0]
    orders, work = axes.collections
    assert [len(row.get_paths()) for row in (orders, work)] == [4, 4]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == ["GPU", "CPU"]
    (low, high), top = axes.get_yticks(), orders.get_datalim(axes.transData)
    assert top.y0 < high < top.y1
    bottom = work.get_datalim(axes.transData)
    assert bottom.y0 < low < bottom.y1
    assert axes.get_xlabel() == "$t$"
    assert [line.get_linestyle() for line in axes.lines] == [":"] * 3


def test_orders_and_work_have_the_colours_of_the_caption():
    axes = figure.timeline().axes[0]
    found = [tuple(row.get_facecolor()[0]) for row in axes.collections]
    assert found == [to_rgba("C1"), to_rgba("C0")]


def test_each_piece_of_work_begins_after_its_order_and_the_one_before():
    axes = figure.timeline().axes[0]
    orders, work = (
        [path.get_extents() for path in row.get_paths()]
        for row in axes.collections
    )
    for k in range(4):
        assert work[k].x0 >= orders[k].x1
        assert k == 0 or work[k].x0 >= work[k - 1].x1


def test_the_estimate_has_the_axes_and_colours_of_the_caption():
    axes = figure.estimate().axes[0]
    cpu, gpu, squares, circles, cost = axes.lines
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$m$", "$D$ / s")
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert (cpu.get_color(), cpu.get_linestyle()) == ("C1", "--")
    assert (gpu.get_color(), gpu.get_linestyle()) == ("C0", "-")
    marks = [(squares, "C1", "s"), (circles, "C0", "o")]
    for line, color, marker in marks:
        assert (line.get_color(), line.get_marker()) == (color, marker)
        assert line.get_linestyle() == "None"
    assert cost.get_linestyle() == ":"
    assert list(cost.get_ydata()) == [20e-6, 20e-6]
    (tau,) = axes.texts
    assert tau.get_text() == r"$\tau$"
    assert 20e-6 < tau.get_position()[1] < 40e-6
    low, high = axes.get_ylim()
    for line in axes.lines:
        assert np.all(line.get_ydata() > low)
        assert np.all(line.get_ydata() < high)
