"""Runs code written for a GPU on a machine that has none.

The name 'cuda' is mapped to the CPU, and the functions of torch.cuda that
pages use are stood in for. This finds typos, wrong attributes and wrong
shapes, though not a tensor that was left on the other device.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from types import SimpleNamespace
from unittest import mock

# torch.Generator is replaced below: what is loaded lazily must see the real
# one first.
import torch
import torch._dynamo
from torch.overrides import TorchFunctionMode

CPU = torch.device("cpu")


@contextlib.contextmanager
def cuda_on_cpu() -> Iterator[None]:
    """Let 'cuda' stand for the CPU inside the with block."""
    with contextlib.ExitStack() as stack:
        for patch in _patches():
            stack.enter_context(patch)
        stack.enter_context(_OnCpu())
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
        if func in (torch.Tensor.cuda, torch.Tensor.pin_memory):
            return args[0]
        kwargs = {
            name: _mapped(value) for name, value in (kwargs or {}).items()
        }
        kwargs.pop("pin_memory", None)
        return func(*map(_mapped, args), **kwargs)


class _Event:
    """A torch.cuda.Event that reads the clock."""

    def __init__(self, enable_timing=False, **options):
        self.time = None

    def record(self, stream=None):
        self.time = time.perf_counter()

    def synchronize(self):
        pass

    def query(self):
        return True

    def elapsed_time(self, other):
        return (other.time - self.time) * 1e3


class _Stream(contextlib.nullcontext):
    """A torch.cuda.Stream on which everything is done at once."""

    def __init__(self, *args, **options):
        super().__init__()

    def synchronize(self):
        pass

    def wait_stream(self, stream):
        pass


def _nothing(*args, **options):
    return None


def _zero(*args, **options):
    return 0


def _patches():
    """Yield the patches that stand in for a GPU."""
    patch = mock.patch.object
    module_to, autocast = torch.nn.Module.to, torch.autocast
    scaler, generator = torch.amp.GradScaler, torch.Generator

    def to(self, *args, **options):
        options = {name: _mapped(value) for name, value in options.items()}
        return module_to(self, *map(_mapped, args), **options)

    def autocast_on_cpu(device_type, dtype=None, **options):
        return autocast("cpu", dtype=dtype or torch.bfloat16, **options)

    def scaler_on_cpu(device="cuda", **options):
        return scaler("cpu", **options)

    class Generator(generator):
        def __new__(cls, device="cpu"):
            return generator(_mapped(device))

    yield patch(torch.nn.Module, "to", to)
    yield patch(torch.nn.Module, "cuda", lambda self, device=None: self)
    yield patch(torch, "autocast", autocast_on_cpu)
    yield patch(torch.amp, "autocast", autocast_on_cpu)
    yield patch(torch.amp, "GradScaler", scaler_on_cpu)
    yield patch(torch, "Generator", Generator)
    properties = SimpleNamespace(
        name="a CPU", total_memory=1 << 36, multi_processor_count=1
    )
    stand_ins = {
        "is_available": lambda: True,
        "device_count": lambda: 1,
        "current_device": _zero,
        "get_device_name": lambda *args: properties.name,
        "get_device_capability": lambda *args: (9, 0),
        "get_device_properties": lambda *args: properties,
        "synchronize": _nothing,
        "empty_cache": _nothing,
        "memory_allocated": _zero,
        "max_memory_allocated": _zero,
        "reset_peak_memory_stats": _nothing,
        "manual_seed_all": _nothing,
        "set_device": _nothing,
        "Event": _Event,
        "Stream": _Stream,
        "current_stream": _Stream,
        "stream": lambda stream: contextlib.nullcontext(),
    }
    for name, stand_in in stand_ins.items():
        yield patch(torch.cuda, name, stand_in)
    accelerator = {
        "is_available": lambda: True,
        "device_count": lambda: 1,
        "current_accelerator": lambda *args, **options: CPU,
        "current_device_index": _zero,
        "synchronize": _nothing,
    }
    for name, stand_in in accelerator.items():
        yield patch(torch.accelerator, name, stand_in)
