"""A perceptron with one hidden layer in NumPy: gradients in matrices."""

import numpy as np

from softmax_regression.vectorized import one_hot, softmax


# --8<-- [start:start]
def start(d, h, K, rng):
    W1 = rng.normal(0, np.sqrt(2 / d), (d, h))
    W2 = rng.normal(0, np.sqrt(1 / h), (h, K))
    return W1, np.zeros(h), W2, np.zeros(K)


# --8<-- [end:start]


# --8<-- [start:forward]
def forward(W1, b1, W2, b2, X):
    U = X @ W1 + b1  # (n, h)
    G = np.maximum(U, 0)  # (n, h)
    Z = G @ W2 + b2  # (n, K)
    return U, G, Z


# --8<-- [end:forward]


# --8<-- [start:gradient]
def gradient(W1, b1, W2, b2, X, Y):
    U, G, Z = forward(W1, b1, W2, b2, X)
    if Z.shape != Y.shape:
        raise ValueError(f"logits {Z.shape}, but targets {Y.shape}")
    dZ = (softmax(Z) - Y) / len(X)  # (n, K)
    dG = dZ @ W2.T  # (n, h)
    dU = dG * (U > 0)  # (n, h)
    return X.T @ dU, dU.sum(axis=0), G.T @ dZ, dZ.sum(axis=0)


# --8<-- [end:gradient]


# --8<-- [start:train]
def train(X, y, h=32, K=10, lr=0.5, epochs=30, batch_size=32, seed=0):
    if len(X) != len(y):
        raise ValueError(f"{len(X)} rows, but {len(y)} targets")
    rng = np.random.default_rng(seed)
    Y = one_hot(y, K)  # (n, K)
    parameters = start(X.shape[1], h, K, rng)
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
