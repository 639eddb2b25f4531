"""Slopes of many imagined skies, to see how far one slope may stray."""

import numpy as np


# --8<-- [start:slopes]
def slopes(x, w, b, s, repeats=10_000):
    rng = np.random.default_rng(0)
    x = np.array(x)  # (n,)
    y = w * x + b + rng.normal(0, s, (repeats, len(x)))  # (repeats, n)
    c = (x - x.mean()) / ((x - x.mean()) ** 2).sum()  # (n,)
    return y @ c  # (repeats,)


# --8<-- [end:slopes]
