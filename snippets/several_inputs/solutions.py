"""Solutions: a column of ones, shuffled places, and a cone of directions."""

import numpy as np


# --8<-- [start:ones]
def with_ones(X):
    return np.column_stack([X, np.ones(len(X))])  # (n, d + 1)


# --8<-- [end:ones]


# --8<-- [start:shuffled]
def shuffled_losses(X, y, repeats=1000):
    rng = np.random.default_rng(0)
    losses = np.zeros(repeats)  # (repeats,)
    for k in range(repeats):
        places = rng.permutation(X[:, 1:])  # (n, d - 1)
        mixed = np.column_stack([X[:, 0], places])  # (n, d)
        error = mixed @ np.linalg.lstsq(mixed, y)[0] - y  # (n,)
        losses[k] = (error @ error) / (2 * len(y))
    return losses


# --8<-- [end:shuffled]


# --8<-- [start:angles]
def angles(X, W, s, repeats=10_000):
    rng = np.random.default_rng(0)
    skies = X @ W + rng.normal(0, s, (repeats, len(X)))  # (repeats, n)
    found = skies @ np.linalg.pinv(X).T  # (repeats, d)
    sun, suns = -W[1:], -found[:, 1:]  # (d - 1,), (repeats, d - 1)
    speeds = (suns**2).sum(axis=1) ** 0.5  # (repeats,)
    return np.degrees(np.arccos(suns @ sun / speeds / (sun @ sun) ** 0.5))


# --8<-- [end:angles]
