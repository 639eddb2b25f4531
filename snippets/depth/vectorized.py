"""Mean squares of numbers and slopes through many random layers."""

# --8<-- [start:signals]
import numpy as np


def signals(k, add=False, M=30, h=128, n=20, seed=0):
    rng = np.random.default_rng(seed)
    U = rng.normal(size=(n, h))
    masks, weights, forward = [], [], [(U**2).mean()]
    for _ in range(M):
        W = rng.normal(0, np.sqrt(k / h), (h, h))
        masks.append(U > 0)
        weights.append(W)
        V = np.maximum(U, 0) @ W  # (n, h)
        U = U + V if add else V
        forward.append((U**2).mean())
    dU = rng.normal(size=(n, h))
    back = [(dU**2).mean()]
    for W, mask in zip(weights[::-1], masks[::-1]):
        through = dU @ W.T * mask  # (n, h)
        dU = dU + through if add else through
        back.append((dU**2).mean())
    return forward, back[::-1]


# --8<-- [end:signals]


# --8<-- [start:normalise]
def normalise(u):
    centred = u - u.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True))


# --8<-- [end:normalise]
