"""The least-squares line z = w x + b in closed form."""


# --8<-- [start:predict]
def predict(w, b, x):
    return w * x + b  # z


# --8<-- [end:predict]


# --8<-- [start:residual]
def residual(z, y):
    return z - y  # e


# --8<-- [end:residual]


# --8<-- [start:loss]
def mean(v):
    return sum(v) / len(v)


def loss(w, b, x, y):
    error = [residual(predict(w, b, xi), yi) for xi, yi in zip(x, y)]
    return mean([e**2 for e in error]) / 2  # L


# --8<-- [end:loss]


# --8<-- [start:covariance]
def covariance(u, v):
    u_bar, v_bar = mean(u), mean(v)
    return mean([(ui - u_bar) * (vi - v_bar) for ui, vi in zip(u, v)])


# --8<-- [end:covariance]


# --8<-- [start:least_squares]
def least_squares(x, y):
    if min(x) == max(x):
        raise ValueError("all x are equal: no slope")
    w_hat = covariance(x, y) / covariance(x, x)  # s_xy / s_xx
    b_hat = mean(y) - w_hat * mean(x)
    return w_hat, b_hat


# --8<-- [end:least_squares]


# --8<-- [start:parts]
def parts(w, b, x, y):
    s_xx, s_xy, s_yy = covariance(x, x), covariance(x, y), covariance(y, y)
    height = (w * mean(x) + b - mean(y)) ** 2 / 2
    slope = s_xx * (w - s_xy / s_xx) ** 2 / 2
    rest = (s_yy - s_xy**2 / s_xx) / 2
    return height, slope, rest  # height + slope + rest = L


# --8<-- [end:parts]
