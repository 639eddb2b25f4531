"""How long a step takes: one process, or several that share the data."""

import statistics
import time

import torch
import torch.distributed as dist
import torch.distributed.nn  # loaded later, it would keep the group alive
from torch import nn
from torch.nn.parallel import DistributedDataParallel

STEPS, ROUNDS = 10, 9

torch.set_num_threads(1)  # in each process
dist.init_process_group("gloo")
rank, size = dist.get_rank(), dist.get_world_size()


def milliseconds(model, X, Y):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    start = time.perf_counter()
    for _ in range(STEPS):
        loss = nn.functional.mse_loss(model(X), Y) / 2  # L of these samples
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return (time.perf_counter() - start) / STEPS * 1000


def compare(n, d):
    torch.manual_seed(0)  # the same data in each process
    X = torch.randn(n, d)  # (n, d)
    Y = torch.randn(n, d)  # (n, d)
    alone = nn.Linear(d, d)
    parallel = DistributedDataParallel(nn.Linear(d, d))
    times = {1: [], size: []}
    for _ in range(1 + ROUNDS):
        dist.barrier()  # the others wait while process 0 is alone
        if rank == 0:
            times[1].append(milliseconds(alone, X, Y))
        dist.barrier()
        share = X[rank::size], Y[rank::size]
        times[size].append(milliseconds(parallel, *share))
    if rank == 0:
        for processes, found in times.items():
            measured = found[1:]  # the first turn warms up
            print(
                f"{n} samples, processes: {processes}, "
                f"median: {statistics.median(measured):.2f} ms, "
                f"from {min(measured):.2f} to {max(measured):.2f} ms"
            )


compare(24, 1)
compare(4096, 512)
dist.destroy_process_group()
