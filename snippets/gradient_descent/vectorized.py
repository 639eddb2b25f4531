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
def curvatures(x):
    s, m = (x * x).mean(), x.mean()
    hessian = [[s, m], [m, 1.0]]  # d2L/dw2, d2L/dwdb; d2L/dbdw, d2L/db2
    return np.linalg.eigvalsh(hessian)  # lambda_min, lambda_max
# --8<-- [end:curvatures]
