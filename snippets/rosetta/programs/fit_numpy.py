"""The line by gradient descent, with NumPy."""

import numpy as np

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

lr, epochs = 0.5, 300
w, b = 0.0, 0.0
for _ in range(epochs):
    error = w * x + b - y  # z - y
    w -= lr * np.mean(error * x)  # dL/dw
    b -= lr * np.mean(error)  # dL/db
print(w, b)
