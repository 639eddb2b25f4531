import numpy as np
import pytest

from cuda.scratch import (
    epoch_operations,
    matmul_operations,
    seconds,
    share,
)
from gradient_descent.scratch import train


class Counted(float):
    """A number that counts the arithmetic done with it."""

    operations = 0

    def _count(name):
        def method(self, other):
            Counted.operations += 1
            return Counted(getattr(float, name)(self, other))

        return method

    __add__ = _count("__add__")
    __radd__ = _count("__radd__")
    __sub__ = _count("__sub__")
    __rsub__ = _count("__rsub__")
    __mul__ = _count("__mul__")
    __rmul__ = _count("__rmul__")
    __truediv__ = _count("__truediv__")


def counted(rows):
    return [Counted(value) for value in rows]


@pytest.mark.parametrize("n", [2, 5, 24])
def test_an_epoch_does_as_much_arithmetic_as_we_count(n):
    Counted.operations = 0
    train(counted(range(n)), counted(range(n)), epochs=1)
    assert Counted.operations == epoch_operations(n)


@pytest.mark.parametrize("m", [1, 2, 7])
def test_a_matrix_product_does_as_much_arithmetic_as_we_count(m):
    A = [counted(range(m)) for _ in range(m)]
    Counted.operations = 0
    for i in range(m):
        for j in range(m):
            z = A[i][0] * A[0][j]
            for k in range(1, m):
                z = z + A[i][k] * A[k][j]
    assert Counted.operations == matmul_operations(m)


def test_the_share_is_the_part_of_the_time_spent_on_arithmetic():
    for N in (150, 1e9, 1e12):
        assert share(N) == pytest.approx(N / 67e12 / seconds(N))


@pytest.mark.parametrize("seed", range(3))
def test_a_duration_is_its_overhead_and_its_arithmetic(seed):
    rng = np.random.default_rng(seed)
    N, r = 10 ** rng.uniform(3, 13, 2)
    tau = rng.uniform(1e-6, 1e-3)
    rest = seconds(N, tau=tau, r=r) - tau
    assert rest * r == pytest.approx(N, rel=1e-6)
    assert share(N, tau=tau, r=r) == pytest.approx(rest / (rest + tau))


def test_a_launch_costs_as_much_as_it_could_have_computed():
    lost = 20e-6 * 67e12
    assert share(lost) == pytest.approx(0.5)
    assert seconds(lost) == pytest.approx(2 * 20e-6)
