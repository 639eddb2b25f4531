import pytest

from frameworks.pitfalls import slope_in_place, slope_with_a_new_name


def test_a_change_in_place_makes_autograd_refuse():
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        slope_in_place(2)


def test_a_new_tensor_leaves_the_recorded_one_alone():
    assert slope_with_a_new_name(2) == -9
