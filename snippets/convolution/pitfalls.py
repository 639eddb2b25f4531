"""What goes wrong: rows taken for channels, and a border of zeros."""

import numpy as np

from convolution.vectorized import correlate


# --8<-- [start:channels]
def channels_first(image):
    return image.reshape(image.shape[::-1])  # (C, N, N)


# --8<-- [end:channels]


# --8<-- [start:border]
def unlike(V, W, f=0, by=3):
    moved_last = correlate(np.pad(V, f), W)[by:, by:]  # (P, Q)
    moved_first = correlate(np.pad(V[by:, by:], f), W)  # (P, Q)
    return np.argwhere(~np.isclose(moved_last, moved_first))


# --8<-- [end:border]
