"""The line by gradient descent, with TensorFlow 2."""

import numpy as np
import tensorflow as tf

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

w = tf.Variable(0.0, dtype=tf.float64)
b = tf.Variable(0.0, dtype=tf.float64)


@tf.function
def step(lr):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((w * x + b - y) ** 2) / 2  # L
    dw, db = tape.gradient(loss, [w, b])
    w.assign_sub(lr * dw)
    b.assign_sub(lr * db)


for _ in range(300):
    step(0.5)
print(w.numpy(), b.numpy())
