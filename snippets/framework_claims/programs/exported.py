"""A line trained in PyTorch, and run without PyTorch."""

import numpy as np
import onnxruntime
import torch
from torch import nn

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)
X = torch.tensor(x).unsqueeze(1)  # (n, 1)
Y = torch.tensor(y).unsqueeze(1)  # (n, 1)

model = nn.Linear(1, 1, dtype=torch.float64)
nn.init.zeros_(model.weight)
nn.init.zeros_(model.bias)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for _ in range(300):
    loss = nn.functional.mse_loss(model(X), Y) / 2  # L
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

exported = torch.onnx.export(
    model, (X,), input_names=["x"], output_names=["z"], verbose=False
)
exported.save("line.onnx")
for node in exported.model.graph:
    print(node.op_type)

session = onnxruntime.InferenceSession("line.onnx")
(z,) = session.run(["z"], {"x": X.numpy()})
print(z[0].item(), model(X)[0].item())
print(np.abs(z - model(X).numpy(force=True)).max() < 1e-12)
