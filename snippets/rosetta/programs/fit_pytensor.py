"""The line by gradient descent, with PyTensor."""

import numpy as np
import pytensor
import pytensor.tensor as pt

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

X, Y = pt.dvector("X"), pt.dvector("Y")
w, b = pytensor.shared(0.0, "w"), pytensor.shared(0.0, "b")
loss = pt.mean((w * X + b - Y) ** 2) / 2  # L
dw, db = pytensor.grad(loss, [w, b])
step = pytensor.function(
    [X, Y], loss, updates=[(w, w - 0.5 * dw), (b, b - 0.5 * db)]
)
for _ in range(300):
    step(x, y)
print(w.get_value(), b.get_value())
