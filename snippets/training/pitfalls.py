"""Three ways to fool oneself: no eval(), a lucky guess, all rows."""

import numpy as np
import torch


# --8<-- [start:forgotten]
def accuracy_without_eval(model, X, y):
    with torch.no_grad():
        guesses = model(X).argmax(dim=1)  # (n,)
    return (guesses == y).double().mean().item()


# --8<-- [end:forgotten]


# --8<-- [start:lucky]
def best_of_random(y, tries=100, seed=0):
    rng = np.random.default_rng(seed)
    guesses = rng.integers(10, size=(tries, len(y)))
    accuracies = (guesses == y).mean(axis=1)  # (tries,)
    return accuracies.max(), accuracies.mean()


# --8<-- [end:lucky]


# --8<-- [start:columns]
def difference_of_means(X, y):
    return X[y == 1].mean(axis=0) - X[y == 0].mean(axis=0)  # (d,)


def accuracy_on_noise(seed, peek, n=100, d=2000, keep=20):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(n, d)), rng.integers(2, size=n)
    known, new = slice(n // 2), slice(n // 2, n)
    rows = slice(n) if peek else known
    strength = np.abs(difference_of_means(X[rows], y[rows]))  # (d,)
    columns = strength.argsort()[-keep:]
    W = difference_of_means(X[known][:, columns], y[known])
    return ((X[new][:, columns] @ W > 0) == y[new]).mean()


# --8<-- [end:columns]
