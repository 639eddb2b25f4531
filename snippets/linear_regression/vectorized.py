"""The least-squares line with NumPy."""

import numpy as np


def least_squares(x, y):
    x, y = np.array(x), np.array(y)  # (n,)
    if x.min() == x.max():
        raise ValueError("all x are equal: no slope")
    dx, dy = x - x.mean(), y - y.mean()
    w_hat = (dx @ dy) / (dx @ dx)  # s_xy / s_xx
    b_hat = y.mean() - w_hat * x.mean()
    return w_hat, b_hat
