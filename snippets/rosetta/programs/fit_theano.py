"""The line by gradient descent, with Theano."""

import numpy as np
import theano
import theano.tensor as T

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

X, Y = T.dvector("X"), T.dvector("Y")
w, b = theano.shared(0.0, "w"), theano.shared(0.0, "b")
loss = T.mean((w * X + b - Y) ** 2) / 2  # L
dw, db = T.grad(loss, [w, b])
step = theano.function(
    [X, Y], loss, updates=[(w, w - 0.5 * dw), (b, b - 0.5 * db)]
)
for _ in range(300):
    step(x, y)
print(w.get_value(), b.get_value())
