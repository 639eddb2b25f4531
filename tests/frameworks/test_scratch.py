import pytest
import sympy

from frameworks.scratch import Node, double_until, loss, nudge, run

W = sympy.Symbol("w")
SLOPE = sympy.diff((W * 3 + 1 - 10) ** 2 / 2, W)


def test_the_loss_is_zero_only_where_the_guess_is_right():
    assert loss(3) == 0
    assert min(loss(w) for w in (2, 2.9, 3.1, 4)) > 0


@pytest.mark.parametrize("w", [-1, 2, 3, 7.5])
def test_a_nudge_is_off_by_half_the_curvature_times_delta(w):
    # f'' = 9, so the nudge errs by 9 * delta / 2
    expected = float(SLOPE.subs(W, w)) + 9 * 0.001 / 2
    assert nudge(loss, w) == pytest.approx(expected, abs=1e-6)


def test_the_graph_is_built_by_the_same_code_and_holds_no_number():
    graph = loss(Node("w"))
    assert isinstance(graph, Node)
    assert str(graph) == "(((((w * 3) + 1) - 10) ** 2) / 2)"


@pytest.mark.parametrize("w", [-1, 2, 3, 7.5])
def test_running_the_graph_gives_what_the_function_gives(w):
    assert run(loss(Node("w")), w=w) == loss(w)


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
