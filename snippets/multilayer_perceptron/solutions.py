"""Solutions: a tent, and exactly one of two."""

import numpy as np

# --8<-- [start:tent]
TENT = [1, 1, 1, 1, 0, -2, 1, -1, 1, 0]
# --8<-- [end:tent]


# --8<-- [start:xor]
def exactly_one():
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # (n, d)
    return X, np.array([0, 1, 1, 0])


def by_hand():
    W1 = np.array([[1, -1], [-1, 1]])  # (d, h)
    W2 = np.array([[-1, 1], [-1, 1]])  # (h, K)
    return W1, np.zeros(2), W2, np.array([0.5, -0.5])


# --8<-- [end:xor]
