"""A perceptron with one hidden layer in NumPy: gradients in matrices."""

import numpy as np

from softmax_regression.vectorized import one_hot, sheets, softmax


# --8<-- [start:forward]
def forward(W1, b1, W2, b2, X):
    U = X @ W1 + b1  # (n, h)
    G = np.maximum(U, 0)  # (n, h)
    Z = G @ W2 + b2  # (n, K)
    return U, G, Z


# --8<-- [end:forward]


# --8<-- [start:backward]
def backward(W2, X, U, G, dZ):
    dU = dZ @ W2.T * (U > 0)
    return X.T @ dU, dU.sum(axis=0), G.T @ dZ, dZ.sum(axis=0)


# --8<-- [end:backward]


# --8<-- [start:fit]
def fit(parameters, X, Y, lr=0.2, epochs=500):
    if X.shape[:1] + parameters[3].shape != Y.shape:
        raise ValueError(f"inputs {X.shape}, but targets {Y.shape}")
    for _ in range(epochs):
        U, G, Z = forward(*parameters, X)
        slopes = backward(parameters[2], X, U, G, (Z - Y) / len(X))
        parameters = [p - lr * s for p, s in zip(parameters, slopes)]
    return parameters


# --8<-- [end:fit]


# --8<-- [start:matrices]
def matrices(parameters):
    *units, b2 = parameters
    units = np.reshape(units, (-1, 3))  # (h, 3)
    return units[:, :1].T, units[:, 1], units[:, 2:], np.array([b2])


# --8<-- [end:matrices]


# --8<-- [start:left_out]
def broken_left_out(begin, X, Y):
    errors = np.zeros(len(X))  # (n,)
    for i in range(len(X)):
        rest = np.arange(len(X)) != i
        parameters = fit(begin, X[rest], Y[rest])
        errors[i] = forward(*parameters, X[i : i + 1])[2][0, 0] - Y[i, 0]
    return errors


# --8<-- [end:left_out]


# --8<-- [start:gradient]
def gradient(W1, b1, W2, b2, X, Y):
    U, G, Z = forward(W1, b1, W2, b2, X)
    if Z.shape != Y.shape:
        raise ValueError(f"logits {Z.shape}, but targets {Y.shape}")
    return backward(W2, X, U, G, (softmax(Z) - Y) / len(X))


# --8<-- [end:gradient]


# --8<-- [start:start]
def start(d, h, K, seed=0):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / d), (d, h))
    W2 = rng.normal(0, np.sqrt(1 / h), (h, K))
    return W1, np.zeros(h), W2, np.zeros(K)


# --8<-- [end:start]


# --8<-- [start:train]
def train(parameters, X, y, lr=0.5, epochs=30, batch_size=32, seed=0):
    if len(X) != len(y):
        raise ValueError(f"{len(X)} rows, but {len(y)} targets")
    rng = np.random.default_rng(seed)
    Y = one_hot(y, len(parameters[3]))  # (n, K)
    for _ in range(epochs):
        order = rng.permutation(len(X))  # (n,)
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            slopes = gradient(*parameters, X[rows], Y[rows])
            parameters = [p - lr * s for p, s in zip(parameters, slopes)]
    return parameters


# --8<-- [end:train]


# --8<-- [start:accuracy]
def accuracy(parameters, X, y):
    *_, Z = forward(*parameters, X)
    return (Z.argmax(axis=1) == y).mean()


# --8<-- [end:accuracy]


# --8<-- [start:by_sheet]
def network_by_sheet(X, y, h=32, seed=0):
    starts = sheets(y)
    scores = []
    for first, end in zip(starts, [*starts[1:], len(y)]):
        sheet = np.arange(first, end)
        others = np.delete(X, sheet, axis=0), np.delete(y, sheet)
        parameters = train(start(64, h, 10, seed), *others, seed=seed)
        scores.append(accuracy(parameters, X[sheet], y[sheet]))
    return scores


# --8<-- [end:by_sheet]


# --8<-- [start:mean_and_error]
def mean_and_error(d):
    d = np.asarray(d)  # (n,)
    return d.mean(), d.std(ddof=1) / len(d) ** 0.5


# --8<-- [end:mean_and_error]


# --8<-- [start:squares]
def mean_squares(factor, layers=20, h=256, seed=0):
    rng = np.random.default_rng(seed)
    G = rng.normal(size=(100, h))  # (n, h)
    squares = [(G**2).mean()]
    for _ in range(layers):
        W = rng.normal(0, np.sqrt(factor / h), (h, h))
        G = np.maximum(G @ W, 0)  # (n, h)
        squares.append((G**2).mean())
    return squares


# --8<-- [end:squares]
