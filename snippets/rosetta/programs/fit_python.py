"""The line by gradient descent, in plain Python."""

import csv

with open("hubble_1929.csv", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
x = [float(row["distance_mpc"]) for row in rows]
y = [float(row["velocity_km_s"]) for row in rows]

lr, epochs, n = 0.5, 300, len(x)
w, b = 0.0, 0.0
for _ in range(epochs):
    error = [w * xi + b - yi for xi, yi in zip(x, y)]  # z - y
    dw = sum(e * xi for e, xi in zip(error, x)) / n  # dL/dw
    db = sum(error) / n  # dL/db
    w, b = w - lr * dw, b - lr * db
print(w, b)
