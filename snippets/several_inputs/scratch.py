"""Several features by hand: rows as lists, and gradient descent."""

# --8<-- [start:direction]
from math import cos, radians, sin


def direction(ra, dec):
    phi, theta = radians(ra), radians(dec)
    across = cos(theta)
    return [cos(phi) * across, sin(phi) * across, sin(theta)]


def dot(u, v):
    return sum(ui * vi for ui, vi in zip(u, v, strict=True))


# --8<-- [end:direction]


# --8<-- [start:features]
def features(x, ra, dec):
    columns = zip(x, ra, dec, strict=True)
    return [[xi, *direction(*place)] for xi, *place in columns]


# --8<-- [end:features]


# --8<-- [start:loss]
def predict(X, W):
    return [dot(row, W) for row in X]  # z = X W


def residuals(W, X, y):
    pairs = zip(predict(X, W), y, strict=True)
    return [zi - yi for zi, yi in pairs]  # e


def loss(W, X, y):
    error = residuals(W, X, y)
    return dot(error, error) / (2 * len(X))  # L


# --8<-- [end:loss]


# --8<-- [start:train]
def gradient(W, X, y):
    n, error = len(X), residuals(W, X, y)
    return [dot(column, error) / n for column in zip(*X)]  # X^T e / n


def train(X, y, lr=0.9, epochs=300):
    W = [0.0] * len(X[0])
    for _ in range(epochs):
        dW = gradient(W, X, y)
        W = [Wj - lr * slope for Wj, slope in zip(W, dW)]
    return W


# --8<-- [end:train]
