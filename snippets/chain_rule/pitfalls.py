"""The chain rule gone wrong: a factor forgotten, a nudge too small."""


# --8<-- [start:forgotten]
def slopes_without_the_inner_factor(w, b, xi, yi):
    dl_dz = w * xi + b - yi  # z - y
    return dl_dz, dl_dz


# --8<-- [end:forgotten]


# --8<-- [start:one_sided]
def nudge(f, v, delta):
    return (f(v + delta) - f(v)) / delta


# --8<-- [end:one_sided]
