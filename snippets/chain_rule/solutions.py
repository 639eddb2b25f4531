"""Solutions: a sample at distance 1, a chain of three, two paths."""

# --8<-- [start:log_loss]
from math import exp, log


def probability(w, b, r):
    v = w * r + b
    return 1 / (1 + exp(-v))  # a


def log_loss(w, b, r, c):
    a = probability(w, b, r)
    return -(c * log(a) + (1 - c) * log(1 - a))


def log_loss_slopes(w, b, r, c):
    a = probability(w, b, r)
    dl_da = (a - c) / (a * (1 - a))
    da_dv = a * (1 - a)
    dv_dw, dv_db = r, 1
    return dl_da * da_dv * dv_dw, dl_da * da_dv * dv_db
# --8<-- [end:log_loss]


# --8<-- [start:twice]
def twice(w, b, r):
    g = w * r + b
    return w * g + b  # f


def twice_slope(w, b, r):
    g = w * r + b
    df_dg, dg_dw = w, r
    return g + df_dg * dg_dw  # df/dw
# --8<-- [end:twice]
