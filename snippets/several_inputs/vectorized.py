"""Several features on arrays: normal equations, path, standard errors."""

# --8<-- [start:features]
import numpy as np


def features(x, ra, dec):
    phi, theta = np.radians(ra), np.radians(dec)  # (n,)
    across = np.cos(theta)  # (n,)
    places = np.cos(phi) * across, np.sin(phi) * across, np.sin(theta)
    return np.column_stack([x, *places])  # (n, d)


# --8<-- [end:features]


# --8<-- [start:least_squares]
def least_squares(X, y):
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError("the columns repeat one another: no single answer")
    return np.linalg.solve(X.T @ X, X.T @ y)  # (d,)


# --8<-- [end:least_squares]


# --8<-- [start:path]
def gradient(W, X, y):
    return X.T @ (X @ W - y) / len(X)  # (d,)


def path(X, y, lr=0.9, epochs=300):
    W = np.zeros(X.shape[1])  # (d,)
    points = [W]
    for _ in range(epochs):
        W = W - lr * gradient(W, X, y)
        points.append(W)
    return np.array(points)  # (epochs + 1, d)


# --8<-- [end:path]


# --8<-- [start:curvatures]
def hessian(X):
    return X.T @ X / len(X)  # (d, d)


def curvatures(X):
    return np.linalg.eigvalsh(hessian(X))  # (d,)


# --8<-- [end:curvatures]


# --8<-- [start:standard_errors]
def scatter(X, y):
    n, d = X.shape
    error = X @ least_squares(X, y) - y  # (n,)
    return (error @ error / (n - d)) ** 0.5  # s


def shares(X):
    return np.linalg.inv(X.T @ X) @ X.T  # (d, n)


def standard_errors(X, s):
    return s * (shares(X) ** 2).sum(axis=1) ** 0.5  # (d,)


# --8<-- [end:standard_errors]


# --8<-- [start:motion]
def motion(W):
    sun = -W[1:4]  # (3,)
    speed = (sun @ sun) ** 0.5
    ra = np.degrees(np.arctan2(sun[1], sun[0])) % 360
    dec = np.degrees(np.arcsin(sun[2] / speed))
    return speed, ra, dec


# --8<-- [end:motion]


# --8<-- [start:left_out]
def left_out(X, y):
    error = np.zeros(len(X))  # (n,)
    for i in range(len(X)):
        rest = np.arange(len(X)) != i  # (n,)
        W = least_squares(X[rest], y[rest])
        error[i] = X[i] @ W - y[i]
    return error


# --8<-- [end:left_out]
