"""Backward passes gone wrong: overwritten, and with the wrong slope."""


# --8<-- [start:overwriting]
def train_overwriting(x, y, lr=0.5, epochs=300):
    n = len(x)
    w, b = 0.0, 0.0
    for _ in range(epochs):
        for xi, yi in zip(x, y):
            dz = w * xi + b - yi  # dl/dz
            dw = dz * xi / n
            db = dz / n
        w -= lr * dw
        b -= lr * db
    return w, b


# --8<-- [end:overwriting]


# --8<-- [start:wrong_slope]
def backward_from_the_input(w2, xi, yi, u, g, y_hat):
    dy_hat = y_hat - yi  # dJ/dy_hat
    du = dy_hat * w2 * (1 - u**2)
    return du * xi, du, dy_hat * g, dy_hat


# --8<-- [end:wrong_slope]
