"""The line by gradient descent, as TensorFlow 1 wrote it."""

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

X = tf.placeholder(tf.float64, [None])
Y = tf.placeholder(tf.float64, [None])
w = tf.Variable(0.0, dtype=tf.float64)
b = tf.Variable(0.0, dtype=tf.float64)
loss = tf.reduce_mean((w * X + b - Y) ** 2) / 2  # L
step = tf.train.GradientDescentOptimizer(0.5).minimize(loss)

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for _ in range(300):
        session.run(step, feed_dict={X: x, Y: y})
    print(*session.run([w, b]))
