"""Backward passes gone wrong: overwritten, and passed on too early."""

from automatic_differentiation.engine import ordered


# --8<-- [start:overwriting]
def backward_overwriting(loss):
    loss.grad = 1.0
    for value in reversed(ordered(loss)):
        for source, slope in value.slopes:
            source.grad = value.grad * slope


# --8<-- [end:overwriting]


# --8<-- [start:hasty]
def backward_hasty(value):
    for source, slope in value.slopes:
        source.grad += value.grad * slope
        backward_hasty(source)


# --8<-- [end:hasty]
