import pytest
import torch

from framework_claims.concise import pieces
from framework_claims.scratch import double_until
from frameworks.scratch import score


def test_a_formula_is_one_graph():
    assert pieces(score, torch.tensor(2.0)) == 1


@pytest.mark.parametrize("w", [30.0, 50.0])
def test_where_python_asks_for_a_number_the_graph_is_cut(w):
    def branch(w):
        z = w * 3
        if z < 100:
            z = z * 2
        return z + 1

    assert pieces(branch, torch.tensor(w)) == 2


@pytest.mark.parametrize("w", [3.0, 10.0, 50.0])
def test_a_compiled_loop_gives_what_the_plain_one_gives(w):
    compiled = torch.compile(lambda v: double_until(v, 100), backend="eager")
    assert compiled(torch.tensor(w)).item() == double_until(w, 100)


def test_a_loop_is_no_single_graph():
    whole = torch.compile(
        lambda v: double_until(v, 100), backend="eager", fullgraph=True
    )
    with pytest.raises(torch._dynamo.exc.Unsupported):
        whole(torch.tensor(30.0))
