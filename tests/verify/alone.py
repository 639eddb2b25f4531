"""Runs programs as a reader does who pastes them: each in a new process.

The processes are forks of one that has loaded the large libraries, so that
hundreds of programs take seconds; each begins with an empty namespace, in the
folder of the data files. On Windows, which has no forks, a process runs
several programs, one by one.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from verify.project import data_folder

LIBRARIES = (
    "numpy",
    "torch",
    "torch._dynamo",  # the first step of an optimizer loads it
    "torch.utils.data",
    "matplotlib.figure",
)
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
METHOD = "forkserver" if FORKS else "spawn"
PATIENCE = 120


@dataclass(frozen=True)
class Program:
    """A program to run, and whether it expects a GPU: it gets a stand-in."""

    text: str
    cuda: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a program printed, and how it ended: '' or 'ValueError: …'."""

    printed: str
    error: str


def run_alone(
    programs: Iterable[Program], method: str = METHOD
) -> list[Outcome]:
    """Run each program in a process of its own; return what they did."""
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload([*LIBRARIES])
    tasks = None if method == "spawn" else 1
    with context.Pool(2, maxtasksperchild=tasks) as pool:
        running = [pool.apply_async(_run, (each,)) for each in programs]
        return [each.get(PATIENCE) for each in running]


def _run(program: Program) -> Outcome:
    os.chdir(data_folder())
    stdout, error = io.StringIO(), ""
    stand_in = contextlib.nullcontext()
    if program.cuda:
        from verify.cuda_on_cpu import cuda_on_cpu

        stand_in = cuda_on_cpu()
    with (
        stand_in,
        contextlib.redirect_stdout(stdout),
        warnings.catch_warnings(action="ignore"),
    ):
        try:
            code = compile(program.text, "<copied>", "exec")
            exec(code, {"__name__": "__main__"})
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    return Outcome(stdout.getvalue(), error)
