"""Slopes of the squared loss by the chain rule, and by nudging."""


# --8<-- [start:loss]
def predict(w, b, xi):
    return w * xi + b  # z


def sample_loss(w, b, xi, yi):
    error = predict(w, b, xi) - yi  # z - y
    return error * error / 2  # l


# --8<-- [end:loss]


# --8<-- [start:slopes]
def slopes(w, b, xi, yi):
    z = predict(w, b, xi)
    dl_dz = z - yi
    dz_dw = xi
    dz_db = 1
    return dl_dz * dz_dw, dl_dz * dz_db  # dl/dw, dl/db


# --8<-- [end:slopes]


# --8<-- [start:central_difference]
def central_difference(f, v, delta=1e-4):
    return (f(v + delta) - f(v - delta)) / (2 * delta)


# --8<-- [end:central_difference]


# --8<-- [start:gradient]
def loss(w, b, x, y):
    return sum(sample_loss(w, b, xi, yi) for xi, yi in zip(x, y)) / len(x)  # L


def gradient(w, b, x, y):
    n = len(x)
    pairs = [slopes(w, b, xi, yi) for xi, yi in zip(x, y)]
    dw = sum(dl_dw for dl_dw, _ in pairs) / n  # dL/dw
    db = sum(dl_db for _, dl_db in pairs) / n  # dL/db
    return dw, db


# --8<-- [end:gradient]
