from pathlib import Path

import torch

from data import digits
from multilayer_perceptron.concise import learn, share_right
from multilayer_perceptron.pitfalls import Listed
from softmax_regression.vectorized import split

KNOWN, ACTUAL, *_ = split(
    *digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
)


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
