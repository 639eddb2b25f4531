"""A kernel before one unit with its gradient, and how far a unit sees."""


# --8<-- [start:score]
def score(x, w, b, v):
    d = len(w)
    z = 0.0
    for i, vi in enumerate(v):
        u = sum(wj * xj for wj, xj in zip(w, x[i : i + d])) + b
        z += vi * max(u, 0.0)
    return z


def score_gradient(x, w, b, v):
    d = len(w)
    dw = [0.0] * d
    for i, vi in enumerate(v):
        u = sum(wj * xj for wj, xj in zip(w, x[i : i + d])) + b
        if u > 0:
            dw = [s + vi * xj for s, xj in zip(dw, x[i : i + d])]
    return dw


# --8<-- [end:score]


# --8<-- [start:receptive_field]
def receptive_field(kernels, strides):
    field, step = 1, 1
    for k, s in zip(kernels, strides):
        field += (k - 1) * step
        step *= s
    return field


# --8<-- [end:receptive_field]
