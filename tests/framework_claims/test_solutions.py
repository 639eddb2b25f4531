import pytest

from framework_claims.scratch import Node, run
from framework_claims.solutions import derivative
from frameworks.concise import slope
from frameworks.scratch import score


@pytest.mark.parametrize("w", [-1, 2, 3, 7.5])
def test_the_derivative_of_the_graph_is_what_autograd_finds(w):
    graph = derivative(score(Node("w")), "w")
    assert isinstance(graph, Node)
    assert run(graph, w=w) == slope(score, w)


def test_products_and_other_names_are_differentiated_as_well():
    a, b = Node("a"), Node("b")
    graph = derivative(a * a * b - a / 4, "a")
    assert run(graph, a=3, b=5) == 2 * 3 * 5 - 1 / 4


def test_a_quotient_by_a_node_is_refused():
    with pytest.raises(ValueError, match="by a node"):
        derivative(Node("a") / Node("b"), "a")
