"""Solutions: a check by nudging, a chain of three, a chain with two paths."""

from math import exp, log

from chain_rule.scratch import central_difference, sample_loss


# --8<-- [start:agrees]
def agrees(slopes, w, b, xi, yi):
    dw, db = slopes(w, b, xi, yi)
    off_w = dw - central_difference(lambda w: sample_loss(w, b, xi, yi), w)
    off_b = db - central_difference(lambda b: sample_loss(w, b, xi, yi), b)
    return max(abs(off_w), abs(off_b)) < 1e-4


# --8<-- [end:agrees]


# --8<-- [start:log_loss]
def probability_and_loss(w, b, r, c):
    a = 1 / (1 + exp(-(w * r + b)))
    return a, -(c * log(a) + (1 - c) * log(1 - a))  # a, J


def log_loss_slopes(w, b, r, c):
    a, _ = probability_and_loss(w, b, r, c)
    dj_da = (a - c) / (a * (1 - a))
    da_dv = a * (1 - a)
    dv_dw, dv_db = r, 1
    return dj_da * da_dv * dv_dw, dj_da * da_dv * dv_db  # dJ/dw, dJ/db


# --8<-- [end:log_loss]


# --8<-- [start:twice]
def twice(w, b, r):
    g = w * r + b
    return w * g + b  # f


def twice_slopes(w, b, r):
    g = w * r + b
    df_dg, dg_dw, dg_db = w, r, 1
    return g + df_dg * dg_dw, 1 + df_dg * dg_db  # df/dw, df/db


# --8<-- [end:twice]
