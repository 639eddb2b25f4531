"""The line by gradient descent, with JAX."""

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)


def loss(parameters):
    w, b = parameters
    return jnp.mean((w * x + b - y) ** 2) / 2  # L


@jax.jit
def step(parameters, lr):
    gradient = jax.grad(loss)(parameters)
    return jax.tree.map(lambda p, dp: p - lr * dp, parameters, gradient)


parameters = (0.0, 0.0)
for _ in range(300):
    parameters = step(parameters, 0.5)
print(*parameters)
