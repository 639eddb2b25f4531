"""Runs programs as a reader does who pastes them: each in a new process.

The processes are forks of one that has loaded the large libraries, so that
hundreds of programs take seconds; each begins with an empty namespace.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import multiprocessing
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

LIBRARIES = (
    "numpy",
    "torch",
    "torch._dynamo",  # the first step of an optimizer loads it
    "torch.utils.data",
    "matplotlib.figure",
)
PATIENCE = 120


@dataclass(frozen=True)
class Program:
    """A program to run, and whether it expects a GPU."""

    text: str
    cuda: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a program printed, and how it ended: '' or 'ValueError: …'."""

    printed: str
    error: str


def run_alone(programs: Iterable[Program]) -> list[Outcome]:
    """Run each program in a process of its own; return what they did."""
    for name in LIBRARIES:
        importlib.import_module(name)
    context = multiprocessing.get_context("fork")
    with context.Pool(2, maxtasksperchild=1) as pool:
        running = [pool.apply_async(_run, (each,)) for each in programs]
        return [each.get(PATIENCE) for each in running]


def _run(program: Program) -> Outcome:
    import torch

    torch.set_num_threads(1)
    around = contextlib.nullcontext()
    if program.cuda and not torch.cuda.is_available():
        from verify.cuda_on_cpu import cuda_on_cpu

        around = cuda_on_cpu()
    stdout = io.StringIO()
    error = ""
    namespace = {"__name__": "__main__"}
    with around, contextlib.redirect_stdout(stdout), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(program.text, "<copied>", "exec"), namespace)
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    return Outcome(stdout.getvalue(), error)
