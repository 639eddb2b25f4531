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
