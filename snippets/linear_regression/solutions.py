"""Solutions: a line through the origin, other units, and balance."""


# --8<-- [start:origin]
def fit_through_origin(x, y):
    s = sum(xi * yi for xi, yi in zip(x, y))
    return s / sum(xi**2 for xi in x)


# --8<-- [end:origin]


# --8<-- [start:units]
def in_other_units(w, b, k):
    return w / k, b  # x -> k x


# --8<-- [end:units]


# --8<-- [start:balance]
def balance(w, b, x, y):
    n = len(x)
    error = [w * xi + b - yi for xi, yi in zip(x, y)]
    return sum(error) / n, sum(e * xi for e, xi in zip(error, x)) / n


# --8<-- [end:balance]
