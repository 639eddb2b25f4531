import random

import pytest

from framework_claims.scratch import Node, double_until, run
from frameworks.concise import slope
from frameworks.scratch import score


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
def test_any_point_gives_the_same_by_running_and_calling(seed):
    w = random.Random(seed).uniform(-10, 10)
    assert run(score(Node("w")), w=w) == score(w)


@pytest.mark.parametrize("w", [3, 7, 10, 50, 64, 100])
def test_the_slope_of_the_loop_is_two_to_the_number_of_its_turns(w):
    turns = 0
    while w * 2**turns < 100:
        turns += 1
    # with no turn the function returns w itself: slope 1
    assert slope(lambda v: double_until(v, 100), w) == 2**turns
