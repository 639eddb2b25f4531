import numpy as np
import pytest
from matplotlib.colors import to_rgba

from cuda import figure
from cuda.scratch import matmul_operations, seconds


def test_the_orders_end_long_before_the_work():
    axes = figure.timeline().axes[0]
    orders, work = (c.get_datalim(axes.transData) for c in axes.collections)
    assert orders.x1 == pytest.approx(axes.lines[1].get_xdata()[0])
    assert work.x1 == pytest.approx(axes.lines[2].get_xdata()[0])
    assert work.x1 > 4 * orders.x1


def test_the_curves_cross_where_sending_begins_to_pay():
    axes = figure.estimate().axes[0]
    cpu, gpu, _ = axes.lines
    m = gpu.get_xdata()
    assert gpu.get_ydata() == pytest.approx(seconds(matmul_operations(m)))
    crossing = m[np.argmax(gpu.get_ydata() < cpu.get_ydata())]
    assert crossing == pytest.approx(101, rel=0.03)


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
    cpu, gpu, cost = axes.lines
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$m$", "$D$ / s")
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert (cpu.get_color(), cpu.get_linestyle()) == ("C1", "--")
    assert (gpu.get_color(), gpu.get_linestyle()) == ("C0", "-")
    assert cost.get_linestyle() == ":"
    assert list(cost.get_ydata()) == [20e-6, 20e-6]
    m = cpu.get_xdata()
    assert cpu.get_ydata() == pytest.approx(matmul_operations(m) / 1e11)
