"""The line by stochastic gradient descent, with scikit-learn."""

import numpy as np
from sklearn.linear_model import SGDRegressor

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

model = SGDRegressor(
    penalty=None,
    learning_rate="invscaling",
    eta0=0.5,
    power_t=0.6,
    average=True,
    max_iter=20_000,
    tol=None,
    random_state=0,
)
model.fit(x[:, np.newaxis], y)
print(model.coef_[0], model.intercept_[0])
