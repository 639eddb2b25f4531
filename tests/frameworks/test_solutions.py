import random

import pytest
import sympy
import torch

from frameworks.scratch import nudge, score
from frameworks.solutions import notes, nudge_each, total, walk_back

W = sympy.Symbol("w")


@pytest.mark.parametrize("seed", range(5))
def test_the_notes_multiplied_are_the_slope_of_the_pencil(seed):
    w = random.Random(seed).uniform(-10, 10)
    exact = sympy.diff((W * 3 + 1 - 10) ** 2 / 2, W)
    assert walk_back(w) == pytest.approx(float(exact.subs(W, w)), abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_each_note_is_the_slope_of_its_step(seed):
    w = random.Random(seed).uniform(-10, 10)
    steps = [
        lambda v: v * 3,
        lambda v: v + 1,
        lambda v: v - 10,
        lambda v: v**2,
        lambda v: v / 2,
    ]
    v = w
    for step, note in zip(steps, notes(w), strict=True):
        # a nudge errs by delta times half the curvature, here 1 at most
        assert note == pytest.approx(nudge(step, v, 1e-6), abs=1e-5)
        v = step(v)
    assert v == pytest.approx(score(w))


def test_only_the_note_of_the_square_depends_on_the_guess():
    changed = [a != b for a, b in zip(notes(2), notes(5), strict=True)]
    assert changed == [False, False, False, True, False]


@pytest.mark.parametrize("n", [1, 7, 100])
def test_nudges_cost_a_score_for_each_number_and_one_more(n):
    marks = []
    nudge_each(lambda w: total(w, marks), [2.0] * n)
    assert len(marks) == n + 1


@pytest.mark.parametrize("n", [1, 7, 100])
def test_a_walk_back_needs_a_single_score(n):
    marks = []
    w = torch.full((n,), 2.0, requires_grad=True)
    total(w, marks).backward()
    assert len(marks) == 1
    assert w.grad.tolist() == [-9.0] * n


@pytest.mark.parametrize("seed", range(5))
def test_each_number_is_nudged_alone(seed):
    rng = random.Random(seed)
    w = [rng.uniform(-10, 10) for _ in range(6)]
    before = list(w)
    found = nudge_each(lambda w: total(w, []), w)
    # half the curvature, 9, times delta, and the rounding of sums near 1e3
    expected = [9 * (guess - 3) + 9 * 0.001 / 2 for guess in w]
    assert found == pytest.approx(expected, abs=1e-6)
    assert w == before
