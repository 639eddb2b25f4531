"""Mean squares of numbers and slopes through many random layers."""

# --8<-- [start:signals]
import numpy as np


def signals(k, add=False, M=30, h=128, n=20, seed=0):
    rng = np.random.default_rng(seed)
    U = rng.normal(size=(n, h))
    layers = []
    for _ in range(M):
        W = rng.normal(0, np.sqrt(k / h), (h, h))
        layers.append((W, U > 0))
        V = np.maximum(U, 0) @ W  # (n, h)
        U = U + V if add else V
    dU = rng.normal(size=(n, h))
    for W, mask in reversed(layers):
        through = (dU @ W.T) * mask  # (n, h)
        dU = dU + through if add else through
    return (U**2).mean(), (dU**2).mean()


# --8<-- [end:signals]


# --8<-- [start:normalise]
def normalise(u):
    centred = u - u.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True))


# --8<-- [end:normalise]
