"""Solutions: a matrix worth sending, a vector's bytes, a nested batch."""

import torch

from cuda.scratch import matmul_operations, share


# --8<-- [start:matrix]
def smallest_matrix(wanted):
    m = 1
    while share(matmul_operations(m)) < wanted:
        m += 1
    return m


# --8<-- [end:matrix]


# --8<-- [start:vector]
def addition_seconds(n, size=4, bandwidth=3.35e12):
    return 3 * size * n / bandwidth  # x, y read; x + y written


# --8<-- [end:vector]


# --8<-- [start:batch]
def to_device(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch


# --8<-- [end:batch]
