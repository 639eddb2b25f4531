import numpy as np
import pytest

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
