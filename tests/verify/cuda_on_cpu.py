"""Runs code written for a GPU on a machine that has none.

The name 'cuda' is mapped to the CPU, and what pages use of torch.cuda is stood
in for. This finds typos, wrong attributes and wrong shapes, though not a
tensor that was left on the other device.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from unittest import mock

import torch
from torch.overrides import TorchFunctionMode

CPU = torch.device("cpu")


@contextlib.contextmanager
def cuda_on_cpu() -> Iterator[None]:
    """Let 'cuda' stand for the CPU inside the with block."""
    here = {"is_available": lambda: True, "synchronize": lambda *args: None}
    current = {"current_accelerator": lambda *args, **options: CPU}
    with (
        mock.patch.multiple(torch.cuda, Event=_Event, **here),
        mock.patch.multiple(torch.accelerator, **here, **current),
        _OnCpu(),
    ):
        yield


def _mapped(value):
    """Map a CUDA device, however it is written, to the CPU."""
    if isinstance(value, torch.device):
        return CPU if value.type == "cuda" else value
    if isinstance(value, str) and value.split(":")[0] == "cuda":
        return "cpu"
    return value


class _OnCpu(TorchFunctionMode):
    """Rewrites the devices in every call of torch."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        if func is torch.Tensor.cuda:
            return args[0]
        options = {
            name: _mapped(each) for name, each in (kwargs or {}).items()
        }
        return func(*map(_mapped, args), **options)


class _Event:
    """A torch.cuda.Event that reads the clock."""

    def __init__(self, enable_timing=False):
        self.time = None

    def record(self):
        self.time = time.perf_counter()

    def elapsed_time(self, other):
        return (other.time - self.time) * 1e3
