"""Solutions: the share explained, a line's band, and dropping data."""

from linear_regression.vectorized import least_squares
from results.scratch import errors, spread


# --8<-- [start:explained]
def explained(w, b, x, y):
    y_bar = sum(y) / len(y)
    left = sum(e * e for e in errors(w, b, x, y))
    return 1 - left / sum((yi - y_bar) ** 2 for yi in y)  # R²


# --8<-- [end:explained]


# --8<-- [start:error_at]
def error_at(x_0, x, s):
    n, x_bar = len(x), sum(x) / len(x)
    return s * (1 / n + (x_0 - x_bar) ** 2 / spread(x)) ** 0.5


# --8<-- [end:error_at]


# --8<-- [start:receding]
def fit_receding(x, y):
    pairs = [(xi, yi) for xi, yi in zip(x, y) if yi > 0]
    return least_squares(*zip(*pairs))


# --8<-- [end:receding]


# --8<-- [start:beyond]
def fit_beyond(limit, x, y):
    pairs = [(xi, yi) for xi, yi in zip(x, y) if xi > limit]
    return least_squares(*zip(*pairs))


# --8<-- [end:beyond]
