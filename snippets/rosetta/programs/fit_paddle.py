"""The line by gradient descent, with PaddlePaddle."""

import numpy as np
import paddle
from paddle import nn

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

paddle.set_default_dtype("float64")
X = paddle.to_tensor(x).unsqueeze(1)  # (n, 1)
Y = paddle.to_tensor(y).unsqueeze(1)  # (n, 1)
zeros = nn.initializer.Constant(0.0)
model = nn.Linear(1, 1, weight_attr=zeros, bias_attr=zeros)
optimizer = paddle.optimizer.SGD(0.5, parameters=model.parameters())
for _ in range(300):
    loss = nn.functional.mse_loss(model(X), Y) / 2  # L
    loss.backward()
    optimizer.step()
    optimizer.clear_grad()
print(model.weight.item(), model.bias.item())
