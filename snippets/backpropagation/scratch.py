"""Forward and backward passes by hand, and two training programs."""

# --8<-- [start:models]
from math import tanh


def line(w, b, xi):
    return w * xi + b


def network(w1, b1, w2, b2, xi):
    g = tanh(line(w1, b1, xi))
    return line(w2, b2, g)


# --8<-- [end:models]


# --8<-- [start:passes]
def forward(w, b, xi, yi):
    p = w * xi
    z = p + b
    e = z - yi
    loss = e * e / 2
    return p, z, e, loss


def backward(xi, e):
    de = e  # dl/de
    dz = de * 1  # dl/dz
    dp = dz * 1  # dl/dp
    db = dz * 1  # dl/db
    dw = dp * xi  # dl/dw
    return dw, db


# --8<-- [end:passes]


# --8<-- [start:network]
def network_forward(w1, b1, w2, b2, xi):
    u = w1 * xi + b1
    g = tanh(u)
    y_hat = w2 * g + b2
    return u, g, y_hat


def network_backward(w2, xi, yi, g, y_hat):
    dy_hat = y_hat - yi  # dJ/dy_hat
    db2 = dy_hat
    dw2 = dy_hat * g
    dg = dy_hat * w2
    du = dg * (1 - g**2)
    db1 = du
    dw1 = du * xi
    return dw1, db1, dw2, db2


# --8<-- [end:network]


# --8<-- [start:network_loss]
def network_loss(w1, b1, w2, b2, xi, yi):
    return (network(w1, b1, w2, b2, xi) - yi) ** 2 / 2  # J


# --8<-- [end:network_loss]


# --8<-- [start:train]
def train(x, y, lr=0.5, epochs=300):
    n = len(x)
    w, b = 0.0, 0.0
    for _ in range(epochs):
        dw, db = 0.0, 0.0
        for xi, yi in zip(x, y):
            z = w * xi + b
            dz = z - yi  # dl/dz
            dw += dz * xi / n  # dL/dw
            db += dz / n  # dL/db
        w -= lr * dw
        b -= lr * db
    return w, b


# --8<-- [end:train]


# --8<-- [start:by_sample]
def train_by_sample(x, y, lr=0.05, epochs=300):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        for xi, yi in zip(x, y):
            z = w * xi + b
            dz = z - yi  # dl/dz
            dw = dz * xi  # dl/dw
            db = dz  # dl/db
            w -= lr * dw
            b -= lr * db
    return w, b


# --8<-- [end:by_sample]
