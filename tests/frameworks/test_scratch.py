import random

import pytest
import sympy

from frameworks.scratch import nudge, score

W = sympy.Symbol("w")
SLOPE = sympy.diff((W * 3 + 1 - 10) ** 2 / 2, W)


def test_the_score_is_zero_only_where_the_guess_is_right():
    assert score(3) == 0
    assert min(score(w) for w in (2, 2.9, 3.1, 4)) > 0


@pytest.mark.parametrize("w", [-1, 2, 3, 7.5])
def test_a_nudge_is_off_by_half_the_curvature_times_delta(w):
    # f'' = 9, so the nudge errs by 9 * delta / 2
    expected = float(SLOPE.subs(W, w)) + 9 * 0.001 / 2
    assert nudge(score, w) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_any_point_is_nudged_as_a_parabola_is(seed):
    w = random.Random(seed).uniform(-10, 10)
    assert score(w) == pytest.approx((3 * w - 9) ** 2 / 2)
    delta = random.Random(seed).uniform(0.001, 0.1)
    # a parabola: the one-sided difference is off by half its curvature, 9
    expected = 9 * (w - 3) + 9 * delta / 2
    assert nudge(score, w, delta) == pytest.approx(expected, abs=1e-8)
