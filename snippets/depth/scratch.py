"""A chain of layers with one number each: slopes, and the paths through."""

from itertools import combinations
from math import prod, tanh


# --8<-- [start:chain]
def chain(u, weights, add=False):
    factors = []
    for w in weights:
        v = tanh(w * u)
        s = w * (1 - v * v)
        u = u + v if add else v
        factors.append(1 + s if add else s)
    return u, factors


# --8<-- [end:chain]


# --8<-- [start:paths]
def paths(slopes):
    return [
        path
        for length in range(len(slopes) + 1)
        for path in combinations(slopes, length)
    ]


def over_paths(slopes):
    return sum(prod(path) for path in paths(slopes))


# --8<-- [end:paths]
