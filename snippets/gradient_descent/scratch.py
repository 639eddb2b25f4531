"""Gradient descent by hand for z = w x + b."""


# --8<-- [start:loss]
def loss(w, b, x, y):
    n = len(x)
    error = [w * xi + b - yi for xi, yi in zip(x, y)]  # z - y
    return sum(e * e for e in error) / (2 * n)  # L


# --8<-- [end:loss]


# --8<-- [start:train]
def gradient(w, b, x, y):
    n = len(x)
    error = [w * xi + b - yi for xi, yi in zip(x, y)]  # z - y
    dw = sum(e * xi for e, xi in zip(error, x)) / n  # dL/dw
    db = sum(error) / n  # dL/db
    return dw, db


def train(x, y, lr=0.5, epochs=300):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        dw, db = gradient(w, b, x, y)
        w, b = w - lr * dw, b - lr * db
    return w, b


# --8<-- [end:train]
