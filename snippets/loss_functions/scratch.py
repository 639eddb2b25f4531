"""Three losses on one sample, their means, and the best constants."""

# --8<-- [start:imports]
from math import exp, log, log1p

# --8<-- [end:imports]


# --8<-- [start:absolute]
def absolute(z, y):
    return abs(z - y)


# --8<-- [end:absolute]


# --8<-- [start:squared]
def squared(z, y):
    return (z - y) ** 2 / 2


# --8<-- [end:squared]


# --8<-- [start:log_loss]
def log_loss(a, y):
    return -(y * log(a) + (1 - y) * log(1 - a))


# --8<-- [end:log_loss]


# --8<-- [start:all]
def mean(v):
    return sum(v) / len(v)


def mean_squared(z, y):
    return mean([squared(zi, yi) for zi, yi in zip(z, y)])  # L


def sum_of_squares(z, y):
    return sum((zi - yi) ** 2 for zi, yi in zip(z, y))  # 2 n L


# --8<-- [end:all]


# --8<-- [start:constant]
def on_all(one, c, y):
    return mean([one(c, yi) for yi in y])


def best_constant(one, candidates, y):
    return min(candidates, key=lambda c: on_all(one, c, y))


# --8<-- [end:constant]


# --8<-- [start:sigmoid]
def sigmoid(u):
    return 1 / (1 + exp(-u))


# --8<-- [end:sigmoid]


# --8<-- [start:with_logits]
def log_loss_with_logits(u, y):
    return max(u, 0) - y * u + log1p(exp(-abs(u)))


# --8<-- [end:with_logits]
