"""Time a function on the GPU with CUDA events."""

import torch


def milliseconds(f, warm_up=3, repeats=20):
    for _ in range(warm_up):
        f()
    start = torch.cuda.Event(enable_timing=True)
    end = torch.cuda.Event(enable_timing=True)
    start.record()
    for _ in range(repeats):
        f()
    end.record()
    torch.cuda.synchronize()
    return start.elapsed_time(end) / repeats
