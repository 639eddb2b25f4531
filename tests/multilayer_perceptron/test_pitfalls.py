from pathlib import Path

import pytest
import torch

from data import digits
from multilayer_perceptron.concise import Network, learn, share_right
from multilayer_perceptron.pitfalls import Listed, equalise
from softmax_regression.vectorized import split

KNOWN, ACTUAL, *_ = split(
    *digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
)


@pytest.mark.parametrize("seed", range(3))
def test_equal_units_do_the_work_of_one(seed):
    torch.manual_seed(seed)
    model = learn(equalise(Network()), KNOWN, ACTUAL)
    for weight in (model.hidden.weight, model.output.weight):
        assert torch.linalg.matrix_rank(weight) == 1
    assert 0.05 < share_right(model, KNOWN, ACTUAL) < 0.40


def test_a_listed_layer_is_unknown_and_stays_as_it_was():
    torch.manual_seed(0)
    model = Listed()
    before = model.layers[0].weight.clone()
    assert len(list(model.parameters())) == 2
    assert list(model.state_dict()) == ["output.weight", "output.bias"]
    learn(model, KNOWN, ACTUAL)
    assert torch.equal(model.layers[0].weight, before)
    assert 0.85 < share_right(model, KNOWN, ACTUAL) < 0.90


def test_a_module_list_is_known():
    model = Listed()
    model.layers = torch.nn.ModuleList(model.layers)
    before = model.layers[0].weight.clone()
    assert len(list(model.parameters())) == 4
    learn(model, KNOWN, ACTUAL, epochs=1)
    assert not torch.equal(model.layers[0].weight, before)
