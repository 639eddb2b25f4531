import random

import pytest
import sympy

from frameworks.scratch import Node, double_until, nudge, run, score

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


def test_the_graph_is_built_by_the_same_code_and_holds_no_number():
    graph = score(Node("w"))
    assert isinstance(graph, Node)
    assert str(graph) == "(((((w * 3) + 1) - 10) ** 2) / 2)"


@pytest.mark.parametrize("w", [-1, 2, 3, 7.5])
def test_running_the_graph_gives_what_the_function_gives(w):
    assert run(score(Node("w")), w=w) == score(w)


def test_the_graph_runs_with_two_names():
    assert run(Node("a") / Node("b") - 1, a=6, b=3) == 1


def test_a_static_graph_cannot_decide_a_loop_while_it_is_built():
    with pytest.raises(TypeError, match="'<' not supported"):
        double_until(Node("w"), 100)


@pytest.mark.parametrize(
    ("w", "end"), [(3, 192), (10, 160), (50, 100), (100, 100)]
)
def test_doubling_stops_at_the_first_value_that_reaches_the_limit(w, end):
    assert double_until(w, 100) == end


@pytest.mark.parametrize("seed", range(5))
def test_any_point_gives_the_same_by_nudging_running_and_calling(seed):
    w = random.Random(seed).uniform(-10, 10)
    assert score(w) == pytest.approx((3 * w - 9) ** 2 / 2)
    assert run(score(Node("w")), w=w) == score(w)
    delta = random.Random(seed).uniform(0.001, 0.1)
    # a parabola: the one-sided difference is off by half its curvature, 9
    expected = 9 * (w - 3) + 9 * delta / 2
    assert nudge(score, w, delta) == pytest.approx(expected, abs=1e-8)
