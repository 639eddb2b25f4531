"""Slopes of many imagined skies, with exact and with wrong distances."""

import numpy as np


# --8<-- [start:slopes]
def slopes(x, w, b, s, repeats=10_000):
    rng = np.random.default_rng(0)
    x = np.array(x)  # (n,)
    y = w * x + b + rng.normal(0, s, (repeats, len(x)))  # (repeats, n)
    c = (x - x.mean()) / ((x - x.mean()) ** 2).sum()  # (n,)
    return y @ c  # (repeats,)


# --8<-- [end:slopes]


# --8<-- [start:diluted]
def diluted(x, w, b, s, share, repeats=10_000):
    rng = np.random.default_rng(0)
    x, n = np.array(x), len(x)
    y = w * x + b + rng.normal(0, s, (repeats, n))  # (repeats, n)
    x = x * (1 + rng.normal(0, share, (repeats, n)))  # (repeats, n)
    dx = x - x.mean(axis=1, keepdims=True)
    dy = y - y.mean(axis=1, keepdims=True)
    S = (dx**2).sum(axis=1)  # (repeats,)
    found = (dx * dy).sum(axis=1) / S
    error = found[:, None] * dx - dy  # (repeats, n)
    scatter = ((error**2).sum(axis=1) / (n - 2)) ** 0.5
    return found, scatter / S**0.5  # w, s_w


# --8<-- [end:diluted]
