"""Not quite gradient descent: updates in turn, and a mean forgotten."""

from gradient_descent.vectorized import gradient


# --8<-- [start:in_turn]
def train_in_turn(x, y, lr=0.5, epochs=300):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        w = w - lr * gradient(w, b, x, y)[0]
        b = b - lr * gradient(w, b, x, y)[1]
    return w, b


# --8<-- [end:in_turn]


# --8<-- [start:sum]
def train_on_the_sum(x, y, lr=0.5, epochs=300):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        error = w * x + b - y  # z - y, (n,)
        dw, db = (error * x).sum(), error.sum()
        w, b = w - lr * dw, b - lr * db
    return w, b


# --8<-- [end:sum]
