"""The line by gradient descent, with Keras 3."""

import keras
import numpy as np

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

keras.config.set_floatx("float64")
model = keras.Sequential(
    [keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")]
)
model.compile(
    optimizer=keras.optimizers.SGD(0.25),  # half of 0.5: the loss is 2 L
    loss="mean_squared_error",
)
model.fit(x[:, np.newaxis], y, batch_size=len(x), epochs=300, verbose=0)
w, b = model.get_weights()
print(w.item(), b.item())
