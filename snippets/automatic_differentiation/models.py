"""Two models and their loss, for numbers of any kind."""


# --8<-- [start:models]
def line(w, b, xi):
    return w * xi + b


def network(w1, b1, w2, b2, xi):
    g = line(w1, b1, xi).tanh()
    return line(w2, b2, g)


def squared(z, yi):
    return (z - yi) ** 2 / 2


# --8<-- [end:models]


# --8<-- [start:mean_loss]
def mean_loss(model, parameters, x, y):
    losses = [squared(model(*parameters, xi), yi) for xi, yi in zip(x, y)]
    return sum(losses) / len(losses)  # L


# --8<-- [end:mean_loss]


# --8<-- [start:deep]
def deep(parameters, xi):
    g = xi
    for w, b in parameters:
        g = line(w, b, g).tanh()
    return g


# --8<-- [end:deep]
