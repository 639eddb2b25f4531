"""Solutions: which paths count, and how alike pictures become."""

from math import comb

import numpy as np

from depth.vectorized import normalise


# --8<-- [start:shares]
def shares(s, M=30):
    sums = [comb(M, length) * s**length for length in range(M + 1)]
    return [each / sum(sums) for each in sums]


# --8<-- [end:shares]


# --8<-- [start:alike]
def alike(X, k, add=False, norm=False, M=30, h=128, seed=0):
    rng = np.random.default_rng(seed)
    d = X.shape[1]
    U = X @ rng.normal(0, np.sqrt(2 / d), (d, h))  # (n, h)
    cosines = []
    for _ in range(M + 1):
        lengths = np.sqrt((U**2).sum(axis=1))  # (n,)
        C = U @ U.T / np.outer(lengths, lengths)  # (n, n)
        cosines.append(C[np.triu_indices(len(X), 1)].mean())
        G = np.maximum(normalise(U) if norm else U, 0)  # (n, h)
        V = G @ rng.normal(0, np.sqrt(k / h), (h, h))  # (n, h)
        U = U + V if add else V
    return cosines


# --8<-- [end:alike]
