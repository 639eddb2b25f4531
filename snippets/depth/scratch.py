"""A chain of layers with one number each, and the slope of each layer."""

from math import tanh


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
