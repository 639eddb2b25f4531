"""Three losses on one sample, and the squared loss on all samples."""

from math import exp, log


# --8<-- [start:one]
def absolute(z, y):
    return abs(z - y)


def squared(z, y):
    return (z - y) ** 2 / 2


def log_loss(a, y):
    return -(y * log(a) + (1 - y) * log(1 - a))
# --8<-- [end:one]


# --8<-- [start:all]
def mean(v):
    return sum(v) / len(v)


def loss(z, y):
    return mean([squared(zi, yi) for zi, yi in zip(z, y)])  # L
# --8<-- [end:all]


# --8<-- [start:sigmoid]
def sigmoid(u):
    return 1 / (1 + exp(-u))
# --8<-- [end:sigmoid]
