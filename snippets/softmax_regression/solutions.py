"""Solutions: adding c, always guessing one class, a matrix by hand."""

from softmax_regression.vectorized import softmax


# --8<-- [start:slope]
def slope_along_all(U, Y):
    return (softmax(U) - Y).sum(axis=1)  # (n,)


# --8<-- [end:slope]


# --8<-- [start:commonest]
def commonest(y):
    return max(set(y), key=y.count)


def accuracy_of_one(guess, y):
    return sum(yi == guess for yi in y) / len(y)


# --8<-- [end:commonest]


# --8<-- [start:confusion]
def confusion(y, guesses, K):
    counts = [[0] * K for _ in range(K)]
    for actual, guess in zip(y, guesses):
        counts[actual][guess] += 1
    return counts


def recall(counts, k):
    return counts[k][k] / sum(counts[k])


def precision(counts, k):
    return counts[k][k] / sum(row[k] for row in counts)


# --8<-- [end:confusion]
