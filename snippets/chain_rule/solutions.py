"""Solutions: a check by nudging, a chain of three, a chain with two paths."""

from math import exp, isclose, log

from chain_rule.scratch import central_difference, sample_loss


# --8<-- [start:agrees]
def agrees(slopes, w, b, xi, yi):
    dw, db = slopes(w, b, xi, yi)
    nudged_w = central_difference(lambda w: sample_loss(w, b, xi, yi), w)
    nudged_b = central_difference(lambda b: sample_loss(w, b, xi, yi), b)
    return all(
        isclose(by_hand, nudged, rel_tol=1e-6, abs_tol=1e-6)
        for by_hand, nudged in ((dw, nudged_w), (db, nudged_b))
    )


# --8<-- [end:agrees]


# --8<-- [start:log_loss]
def probability(w, b, xi):
    return 1 / (1 + exp(-(w * xi + b)))  # a


def log_loss(w, b, xi, yi):
    a = probability(w, b, xi)
    return -(yi * log(a) + (1 - yi) * log(1 - a))  # C


def log_loss_slopes(w, b, xi, yi):
    a = probability(w, b, xi)
    dc_da = (a - yi) / (a * (1 - a))
    da_du = a * (1 - a)
    du_dw, du_db = xi, 1
    return dc_da * da_du * du_dw, dc_da * da_du * du_db  # dC/dw, dC/db


# --8<-- [end:log_loss]


# --8<-- [start:twice]
def twice(w, b, xi):
    g = w * xi + b
    return w * g + b  # f


def twice_slopes(w, b, xi):
    g = w * xi + b
    df_dg, dg_dw, dg_db = w, xi, 1
    return g + df_dg * dg_dw, 1 + df_dg * dg_db  # df/dw, df/db


# --8<-- [end:twice]
