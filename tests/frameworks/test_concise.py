import pytest
import sympy

from frameworks.concise import slope
from frameworks.scratch import double_until, loss


@pytest.mark.parametrize("w", [-1, 2, 3, 7.5])
def test_autograd_agrees_with_sympy(w):
    symbol = sympy.Symbol("w")
    exact = sympy.diff((symbol * 3 + 1 - 10) ** 2 / 2, symbol)
    assert slope(loss, w) == float(exact.subs(symbol, w))


@pytest.mark.parametrize("w", [3, 7, 10, 50, 64, 100])
def test_the_slope_of_the_loop_is_two_to_the_number_of_its_turns(w):
    turns = 0
    while w * 2**turns < 100:
        turns += 1
    # with no turn the function returns w itself: slope 1
    assert slope(lambda v: double_until(v, 100), w) == 2**turns
