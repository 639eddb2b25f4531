"""The line, fitted by two processes, of which one dies on the way."""

import os
import signal

import numpy as np
import torch
import torch.distributed as dist
import torch.distributed.nn  # loaded later, it would keep the group alive
from torch import nn
from torch.nn.parallel import DistributedDataParallel

dist.init_process_group("gloo")
rank, size = dist.get_rank(), dist.get_world_size()
restarts = int(os.environ["TORCHELASTIC_RESTART_COUNT"])

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

done = 0  # epochs
if os.path.exists("checkpoint.pt"):
    saved = torch.load("checkpoint.pt")
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    done = saved["done"]
if rank == 0:
    print(f"restarts: {restarts}, epochs done: {done}", flush=True)

for epoch in range(done, 300):
    loss = nn.functional.mse_loss(parallel(X), Y) / 2  # L of this share
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if rank == 0 and (epoch + 1) % 50 == 0:
        saved = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "done": epoch + 1,
        }
        torch.save(saved, "unfinished.pt")
        os.replace("unfinished.pt", "checkpoint.pt")
    if rank == 1 and epoch + 1 == 120 and restarts == 0:
        os.kill(os.getpid(), signal.SIGKILL)
if rank == 0:
    print(f"w = {model.weight.item():.6f}, b = {model.bias.item():.6f}")
del parallel  # it, too, holds the group
dist.destroy_process_group()
