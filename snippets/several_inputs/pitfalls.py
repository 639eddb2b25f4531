"""Features that repeat one another, and units that differ by a thousand."""

import numpy as np


# --8<-- [start:repeated]
def with_light_years(X):
    copy = np.round(3.2616 * X[:, 0], 2)  # (n,)
    return np.column_stack([X, copy])  # (n, d + 1)


# --8<-- [end:repeated]


# --8<-- [start:units]
def in_kiloparsecs(X):
    return X * np.array([1000, 1, 1, 1])  # (n, d)


# --8<-- [end:units]


# --8<-- [start:scaled]
def sizes(X):
    return (X**2).mean(axis=0) ** 0.5  # (d,)


# --8<-- [end:scaled]
