"""Softmax regression from scratch: rows are lists, one sample at a time."""

# --8<-- [start:softmax]
from math import exp, log


def softmax(u):
    powers = [exp(uk) for uk in u]
    total = sum(powers)
    return [power / total for power in powers]


# --8<-- [end:softmax]


# --8<-- [start:log_loss]
def log_loss(p, y):
    return -log(p[y])


# --8<-- [end:log_loss]


# --8<-- [start:logits]
def logits(W, b, x):
    u = list(b)
    for xj, row in zip(x, W):
        u = [uk + xj * wk for uk, wk in zip(u, row)]
    return u  # x W + b


# --8<-- [end:logits]


# --8<-- [start:cross_entropy]
def log_sum_exp(u):
    top = max(u)
    return top + log(sum(exp(uk - top) for uk in u))


def cross_entropy(u, y):
    if not 0 <= y < len(u):
        raise IndexError(f"Target {y} is out of bounds.")
    return log_sum_exp(u) - u[y]


# --8<-- [end:cross_entropy]


# --8<-- [start:loss]
def loss(W, b, X, y):
    every = [cross_entropy(logits(W, b, x), yi) for x, yi in zip(X, y)]
    return sum(every) / len(every)


# --8<-- [end:loss]


# --8<-- [start:gradient]
def gradient(W, b, X, y):
    n = len(X)
    dW = [[0.0 for _ in row] for row in W]
    db = [0.0 for _ in b]
    for x, yi in zip(X, y):
        p = softmax(logits(W, b, x))
        error = [pk - (k == yi) for k, pk in enumerate(p)]
        for j, xj in enumerate(x):
            dW[j] = [dw + xj * e / n for dw, e in zip(dW[j], error)]
        db = [d + e / n for d, e in zip(db, error)]
    return dW, db


# --8<-- [end:gradient]


# --8<-- [start:train]
def train(X, y, K=10, lr=0.5, epochs=100):
    W = [[0.0] * K for _ in X[0]]
    b = [0.0] * K
    for _ in range(epochs):
        dW, db = gradient(W, b, X, y)
        W = [
            [w - lr * dw for w, dw in zip(row, slopes)]
            for row, slopes in zip(W, dW)
        ]
        b = [bk - lr * d for bk, d in zip(b, db)]
    return W, b


# --8<-- [end:train]


# --8<-- [start:predict]
def predict(W, b, x):
    u = logits(W, b, x)
    return u.index(max(u))


# --8<-- [end:predict]
