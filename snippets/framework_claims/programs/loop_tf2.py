"""A loop that looks at a number, in TensorFlow 2, drawn and undrawn."""

import tensorflow as tf


def double_until(w, limit):
    z = w
    while z < limit:
        print("z is", z)
        z = z * 2
    return z


def slope(f, w):
    with tf.GradientTape() as tape:
        tape.watch(w)
        z = f(w, 100)
    return tape.gradient(z, w).numpy()


print(slope(double_until, tf.constant(30.0)))
drawn = tf.function(double_until)
for start in (30.0, 10.0, 50.0):
    print(start, slope(drawn, tf.constant(start)))
