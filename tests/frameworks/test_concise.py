import random

import pytest
import sympy
import torch

from frameworks.concise import slope
from frameworks.scratch import score


@pytest.mark.parametrize("w", [-1, 2, 3, 7.5])
def test_autograd_agrees_with_sympy(w):
    symbol = sympy.Symbol("w")
    exact = sympy.diff((symbol * 3 + 1 - 10) ** 2 / 2, symbol)
    assert slope(score, w) == float(exact.subs(symbol, w))


@pytest.mark.parametrize("seed", range(5))
def test_the_slope_of_any_polynomial_is_the_one_of_the_pencil(seed):
    rng = random.Random(seed)
    a, b, c, w = (rng.uniform(-3, 3) for _ in range(4))
    found = slope(lambda v: a * v**3 + b * v**2 + c * v, w)
    # float32 keeps 7 digits, and the terms may cancel
    expected = 3 * a * w**2 + 2 * b * w + c
    assert found == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_without_requires_grad_there_is_no_record_to_walk_back_along():
    with pytest.raises(RuntimeError, match="does not require grad"):
        score(torch.tensor(2.0)).backward()
