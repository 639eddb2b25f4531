import numpy as np
import pytest
import torch

from cuda.scratch import matmul_operations, seconds, share
from cuda.solutions import addition_seconds, smallest_matrix, to_device


def test_the_smallest_matrix_is_the_smallest():
    for wanted in (0.5, 0.9):
        m = smallest_matrix(wanted)
        assert share(matmul_operations(m)) >= wanted
        assert share(matmul_operations(m - 1)) < wanted


def test_even_a_single_number_has_its_share():
    assert smallest_matrix(0) == 1


def test_half_of_the_time_is_arithmetic_where_it_equals_the_launch():
    m = smallest_matrix(0.5)
    assert seconds(matmul_operations(m)) == pytest.approx(40e-6, rel=0.01)


def test_an_addition_moves_twelve_bytes_for_each_element():
    x, y = torch.ones(5), torch.ones(5)
    moved = sum(t.nbytes for t in (x, y, x + y))
    assert addition_seconds(5, bandwidth=1) == moved


def test_a_nested_batch_moves_as_a_whole():
    batch = {"x": torch.ones(2), "more": [torch.ones(1), (torch.zeros(3),)]}
    moved = to_device(batch, "meta")
    assert moved["x"].is_meta
    assert moved["more"][0].is_meta
    assert moved["more"][1][0].is_meta
    assert not batch["x"].is_meta


@pytest.mark.parametrize("other", ["M31", "", 24, 2.5, None, True, range(3)])
def test_what_is_no_tensor_is_left_as_it_is(other):
    assert to_device(other, "meta") is other
    kept = to_device({"name": other, "x": [other]}, "meta")
    assert kept == {"name": other, "x": [other]}


def test_lists_stay_lists_and_tuples_stay_tuples():
    batch = [(torch.ones(1), [torch.ones(2)]), []]
    moved = to_device(batch, "meta")
    assert [type(moved), *map(type, moved)] == [list, tuple, list]
    assert type(moved[0][1]) is list


@pytest.mark.parametrize("seed", range(3))
def test_an_addition_takes_as_long_as_its_bytes(seed):
    rng = np.random.default_rng(seed)
    n, size = int(rng.integers(1, 10**6)), int(rng.integers(1, 9))
    bandwidth = rng.uniform(1e9, 1e13)
    found = addition_seconds(n, size=size, bandwidth=bandwidth)
    assert found * bandwidth / size == pytest.approx(n + n + n)
