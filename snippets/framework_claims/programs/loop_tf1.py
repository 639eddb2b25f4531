"""A loop that looks at a number, as TensorFlow 1 wrote it."""

import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()


def double_until(w, limit):
    z = w
    while z < limit:
        z = z * 2
    return z


w = tf.placeholder(tf.float32, [])
try:
    double_until(w, 100)
except TypeError as error:
    print(type(error).__name__)

z = tf.while_loop(lambda z: z < 100, lambda z: z * 2, [w])
(dw,) = tf.gradients(z, [w])
print(z)
with tf.Session() as session:
    for start in (3, 10, 50):
        print(start, *session.run([z, dw], feed_dict={w: start}))
