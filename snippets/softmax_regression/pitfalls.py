"""What goes wrong: a softmax before cross_entropy."""

# --8<-- [start:softmax_first]
from torch import nn


def softmax_first(lines):
    return nn.Sequential(lines, nn.Softmax(dim=1))


# --8<-- [end:softmax_first]


# --8<-- [start:first_slope]
def first_slope(model, digits):
    loss = nn.functional.cross_entropy(model(digits.X), digits.y)
    loss.backward()
    weight = next(model.parameters())  # (K, d)
    return weight.grad.abs().max().item()


# --8<-- [end:first_slope]
