"""Solutions: a walk by hand, two more operations, a start from zero."""

import math

from backpropagation.engine import Value, fit
from backpropagation.models import mean_loss, network


# --8<-- [start:by_hand]
def inner(w, b):
    return w * b + w  # h


def f(w, b):
    return inner(w, b) ** 2


def slopes(w, b):
    h = inner(w, b)
    df_dh, dh_dw, dh_db = 2 * h, b + 1, w
    return df_dh * dh_dw, df_dh * dh_db  # df/dw, df/db


# --8<-- [end:by_hand]


# --8<-- [start:log_loss]
def exp(value):
    data = math.exp(value.data)
    return Value(data, (value, data))


def log(value):
    return Value(math.log(value.data), (value, 1 / value.data))


def log_loss(w, b, r, c):
    a = (exp((w * r + b) * -1) + 1) ** -1
    return (log(a) * c + log(a * -1 + 1) * (1 - c)) * -1  # J


# --8<-- [end:log_loss]


# --8<-- [start:start]
def fit_network(start, x, y, lr=1.0, epochs=300):
    def average(*parameters):
        return mean_loss(network, parameters, x, y)

    return fit(average, *start, lr=lr, epochs=epochs)


# --8<-- [end:start]
