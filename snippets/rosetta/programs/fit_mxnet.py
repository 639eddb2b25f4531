"""The line by gradient descent, with Gluon of MXNet."""

import mxnet as mx
import numpy as np
from mxnet import autograd, gluon

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)
X = mx.nd.array(x[:, np.newaxis], dtype="float64")  # (n, 1)
Y = mx.nd.array(y[:, np.newaxis], dtype="float64")  # (n, 1)

model = gluon.nn.Dense(1, in_units=1, dtype="float64")
model.initialize(mx.init.Zero())
half_square = gluon.loss.L2Loss()  # (z - y)^2 / 2
trainer = gluon.Trainer(model.collect_params(), "sgd", {"learning_rate": 0.5})
for _ in range(300):
    with autograd.record():
        loss = half_square(model(X), Y)
    loss.backward()
    trainer.step(batch_size=len(x))
w, b = model.weight.data().asnumpy(), model.bias.data().asnumpy()
print(w.item(), b.item())
