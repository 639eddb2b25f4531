"""The line, fitted by processes that share the data."""

import numpy as np
import torch
import torch.distributed as dist
import torch.distributed.nn  # loaded later, it would keep the group alive
from torch import nn
from torch.nn.parallel import DistributedDataParallel

dist.init_process_group("gloo")
rank, size = dist.get_rank(), dist.get_world_size()

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)
X = torch.tensor(x[rank::size]).unsqueeze(1)  # (n / size, 1)
Y = torch.tensor(y[rank::size]).unsqueeze(1)  # (n / size, 1)

model = nn.Linear(1, 1, dtype=torch.float64)
nn.init.zeros_(model.weight)
nn.init.zeros_(model.bias)
parallel = DistributedDataParallel(model)
optimizer = torch.optim.SGD(parallel.parameters(), lr=0.5)
for epoch in range(300):
    loss = nn.functional.mse_loss(parallel(X), Y) / 2  # L of this share
    optimizer.zero_grad()
    loss.backward()
    if rank == 0 and epoch == 0:
        print(f"{size} processes, {len(X)} samples here")
        print(
            f"dw = {model.weight.grad.item():.4f}, all: {-(y * x).mean():.4f}"
        )
        print(f"db = {model.bias.grad.item():.4f}, all: {-y.mean():.4f}")
    optimizer.step()
if rank == 0:
    print(f"w = {model.weight.item():.6f}, b = {model.bias.item():.6f}")
del parallel  # it, too, holds the group
dist.destroy_process_group()
