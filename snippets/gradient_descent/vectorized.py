"""Gradient descent on arrays for z = w x + b, with its whole path."""

# --8<-- [start:path]
import numpy as np


def gradient(w, b, x, y):
    error = w * x + b - y  # z - y, (n,)
    return (error * x).mean(), error.mean()  # dL/dw, dL/db


def path(x, y, lr=0.5, epochs=300):
    w, b = 0.0, 0.0
    points = [(w, b)]
    for _ in range(epochs):
        dw, db = gradient(w, b, x, y)
        w, b = w - lr * dw, b - lr * db
        points.append((w, b))
    return np.array(points)  # (epochs + 1, 2)


# --8<-- [end:path]


# --8<-- [start:curvatures]
def mean_square(x):
    return (x * x).mean()  # q


def curvatures(x):
    q, m = mean_square(x), x.mean()
    root = ((q - 1) ** 2 + 4 * m**2) ** 0.5
    return (q + 1 - root) / 2, (q + 1 + root) / 2  # lambda_min, lambda_max


# --8<-- [end:curvatures]
