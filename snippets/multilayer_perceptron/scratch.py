"""A broken line: hidden units that bend, trained by our own engine."""

from random import Random

from automatic_differentiation.engine import Value


# --8<-- [start:relu]
def relu(u):
    return Value(max(u.data, 0.0), (u, 1.0 if u.data > 0 else 0.0))


# --8<-- [end:relu]


# --8<-- [start:broken_line]
def broken_line(*numbers):
    *units, b2, xi = numbers
    y_hat = b2
    for w1, b1, w2 in zip(units[0::3], units[1::3], units[2::3]):
        y_hat = y_hat + w2 * relu(w1 * xi + b1)
    return y_hat


# --8<-- [end:broken_line]


# --8<-- [start:random_units]
def random_units(h, low, high, seed=0):
    rng = Random(seed)
    parameters = []
    for _ in range(h):
        w1, kink = rng.gauss(0, 1), rng.uniform(low, high)
        parameters += [w1, -w1 * kink, rng.gauss(0, 1) / h**0.5]
    return [*parameters, 0.0]


# --8<-- [end:random_units]
