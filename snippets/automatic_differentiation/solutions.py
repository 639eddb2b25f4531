"""Solutions: two more operations, a root by descent, slopes that fade."""

import math

from automatic_differentiation.engine import Value, train
from automatic_differentiation.models import deep


# --8<-- [start:log_loss]
def exp(u):
    data = math.exp(u.data)
    return Value(data, (u, data))


def log(a):
    return Value(math.log(a.data), (a, 1 / a.data))


def log_loss(w, b, xi, yi):
    u = w * xi + b
    a = 1 / (1 + exp(-u))
    return -(yi * log(a) + (1 - yi) * log(1 - a))  # C


# --8<-- [end:log_loss]


# --8<-- [start:root]
def square_root(number):
    (root,) = train(lambda v: (v * v - number) ** 2, 1.0, lr=0.05)
    return root


# --8<-- [end:root]


# --8<-- [start:first_slope]
def first_slope(layers):
    parameters = [(Value(0.9), Value(0.1)) for _ in range(layers)]
    deep(parameters, 2.0).backward()
    return parameters[0][0].grad  # d output / d w of layer 1


# --8<-- [end:first_slope]
