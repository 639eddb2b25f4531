"""Softmax regression with NumPy: all samples at once, in minibatches."""

# --8<-- [start:split]
import numpy as np


def split(X, y, known=1287):
    return X[:known], y[:known], X[known:], y[known:]


# --8<-- [end:split]


# --8<-- [start:softmax]
def softmax(U):
    powers = np.exp(U - U.max(axis=1, keepdims=True))  # (n, K)
    return powers / powers.sum(axis=1, keepdims=True)  # (n, K)


# --8<-- [end:softmax]


# --8<-- [start:cross_entropy]
def one_hot(y, K=10):
    y = np.asarray(y)
    wrong = y[(y < 0) | (y >= K)]
    if len(wrong):
        raise IndexError(f"Target {wrong[0]} is out of bounds.")
    return np.eye(K)[y]  # (n, K)


def cross_entropy(U, Y):
    if U.shape != Y.shape:
        raise ValueError(f"logits {U.shape}, but targets {Y.shape}")
    top = U.max(axis=1, keepdims=True)  # (n, 1)
    log_sums = top[:, 0] + np.log(np.exp(U - top).sum(axis=1))  # (n,)
    return (log_sums - (U * Y).sum(axis=1)).mean()


# --8<-- [end:cross_entropy]


# --8<-- [start:logits]
def logits(W, b, X):
    return X @ W + b  # (n, K)


# --8<-- [end:logits]


# --8<-- [start:gradient]
def gradient(W, b, X, Y):
    error = softmax(logits(W, b, X)) - Y  # (n, K)
    return X.T @ error / len(X), error.mean(axis=0)


# --8<-- [end:gradient]


# --8<-- [start:train]
def train(X, y, K=10, lr=0.5, epochs=30, batch_size=32, seed=0):
    rng = np.random.default_rng(seed)
    Y = one_hot(y, K)  # (n, K)
    W, b = np.zeros((X.shape[1], K)), np.zeros(K)
    for _ in range(epochs):
        order = rng.permutation(len(X))  # (n,)
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            dW, db = gradient(W, b, X[rows], Y[rows])
            W, b = W - lr * dW, b - lr * db
    return W, b


# --8<-- [end:train]


# --8<-- [start:accuracy]
def accuracy(W, b, X, y):
    guesses = logits(W, b, X).argmax(axis=1)  # (n,)
    return (guesses == y).mean()


# --8<-- [end:accuracy]


# --8<-- [start:between]
def between(accuracies, step=5):
    low = step * np.floor(100 * min(accuracies) / step)
    high = step * np.ceil(100 * max(accuracies) / step)
    return f"{low:.0f}-{high:.0f} %"


# --8<-- [end:between]


# --8<-- [start:standard_error]
def standard_error(q, n):
    return np.sqrt(q * (1 - q) / n)


# --8<-- [end:standard_error]


# --8<-- [start:sheets]
def sheets(y):
    begin = [*range(10)] * 3
    starts = range(len(y) - len(begin) + 1)
    return [i for i in starts if y[i : i + len(begin)].tolist() == begin]


def by_sheet(X, y):
    starts = sheets(y)
    scores = []
    for start, end in zip(starts, [*starts[1:], len(y)]):
        sheet = np.arange(start, end)
        W, b = train(np.delete(X, sheet, axis=0), np.delete(y, sheet))
        scores.append(accuracy(W, b, X[sheet], y[sheet]))
    return scores


# --8<-- [end:sheets]


# --8<-- [start:confusion]
def confusion(y, guesses, K=10):
    counts = np.zeros((K, K), dtype=int)
    for actual, guess in zip(y, guesses):
        counts[actual, guess] += 1
    return counts


# --8<-- [end:confusion]
