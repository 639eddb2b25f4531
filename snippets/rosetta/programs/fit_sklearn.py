"""The line of least squares, with scikit-learn."""

import numpy as np
from sklearn.linear_model import LinearRegression

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

model = LinearRegression().fit(x[:, np.newaxis], y)
print(model.coef_[0], model.intercept_)
