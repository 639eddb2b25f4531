"""A model judged by the data that it was fitted to, and by new data."""

import numpy as np


# --8<-- [start:fit]
def fit(x, y, degree):
    return np.polynomial.Polynomial.fit(x, y, degree)


def loss(x, y, degree):
    return ((fit(x, y, degree)(x) - y) ** 2).mean() / 2


# --8<-- [end:fit]


# --8<-- [start:leave_one_out]
def leave_one_out(x, y, degree):
    losses = []
    for i in range(len(x)):
        model = fit(np.delete(x, i), np.delete(y, i), degree)
        losses.append((model(x[i]) - y[i]) ** 2 / 2)
    return np.array(losses)  # (n,)


# --8<-- [end:leave_one_out]
