"""Two models and their loss, for numbers of any kind."""


# --8<-- [start:models]
def line(w, b, xi):
    return w * xi + b


def network(w1, b1, w2, b2, xi):
    g = (w1 * xi + b1).tanh()
    return w2 * g + b2


def loss(z, yi):
    return (z - yi) ** 2 / 2  # l


# --8<-- [end:models]


# --8<-- [start:mean_loss]
def mean_loss(model, parameters, x, y):
    losses = [loss(model(*parameters, xi), yi) for xi, yi in zip(x, y)]
    return sum(losses) / len(losses)  # L


# --8<-- [end:mean_loss]


# --8<-- [start:deep]
def deep(parameters, xi):
    z = xi
    for w, b in parameters:
        z = (w * z + b).tanh()
    return z


# --8<-- [end:deep]
