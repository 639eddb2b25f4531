"""Solutions: a walk by hand, two hidden units, and where they start."""

from math import tanh


# --8<-- [start:by_hand]
def inner(w, b):
    return w * b + w  # s


def f(w, b):
    return inner(w, b) ** 2


def slopes(w, b):
    s = inner(w, b)
    df_ds, ds_dw, ds_db = 2 * s, b + 1, w
    return df_ds * ds_dw, df_ds * ds_db  # df/dw, df/db


# --8<-- [end:by_hand]


# --8<-- [start:wide]
def wide_forward(w1, b1, w2, b2, w3, w4, b3, xi):
    g1 = tanh(w1 * xi + b1)
    g2 = tanh(w2 * xi + b2)
    return g1, g2, w3 * g1 + w4 * g2 + b3


def wide_backward(w3, w4, xi, yi, g1, g2, y_hat):
    dy_hat = y_hat - yi  # dJ/dy_hat
    du1 = dy_hat * w3 * (1 - g1**2)
    du2 = dy_hat * w4 * (1 - g2**2)
    return du1 * xi, du1, du2 * xi, du2, dy_hat * g1, dy_hat * g2, dy_hat


# --8<-- [end:wide]


# --8<-- [start:train_wide]
def wide_loss(parameters, x, y):
    predictions = [wide_forward(*parameters, xi)[2] for xi in x]
    squares = [(z - yi) ** 2 for z, yi in zip(predictions, y)]
    return sum(squares) / (2 * len(x))  # L


def train_wide(parameters, x, y, lr=0.5, epochs=1000):
    n = len(x)
    for _ in range(epochs):
        total = [0.0] * 7
        for xi, yi in zip(x, y):
            g1, g2, y_hat = wide_forward(*parameters, xi)
            w3, w4 = parameters[4:6]
            shares = wide_backward(w3, w4, xi, yi, g1, g2, y_hat)
            total = [dp + share / n for dp, share in zip(total, shares)]
        parameters = [p - lr * dp for p, dp in zip(parameters, total)]
    return parameters


# --8<-- [end:train_wide]
