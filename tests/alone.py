"""Runs programs as a reader does who pastes them: each in a new process.

The processes are forks of one that has loaded the large libraries; each begins
with an empty namespace, in the folder of the data files. What several programs
begin with runs once: they fork where they part, so that each runs its own
statements, all of them and in their order. On Windows, which has no forks, a
process runs several programs, one by one.
"""

from __future__ import annotations

import ast
import contextlib
import io
import multiprocessing
import os
import pickle
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from verify.project import ROOT, data_folder

LIBRARIES = (
    "numpy",
    "torch",
    "torch._dynamo",  # the first step of an optimizer loads it
    "torch.utils.data",
    "matplotlib.figure",
)
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
METHOD = "forkserver" if FORKS else "spawn"
PATIENCE = 600  # with all programs that begin alike


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


# By the number of a program, the statements that it has yet to run.
Family = dict[int, list[ast.stmt]]


def run_alone(
    programs: Iterable[Program], method: str = METHOD
) -> list[Outcome]:
    """Run each program in a process of its own; return what they did."""
    programs, families = list(programs), defaultdict(dict)
    for number, each in enumerate(programs):
        start = each.text.partition("\n")[0] if method != "spawn" else number
        families[each.cuda, start][number] = each.text
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload([*LIBRARIES])
    tasks, found = None if method == "spawn" else 1, {}
    with context.Pool(2, maxtasksperchild=tasks) as pool:
        running = [
            pool.apply_async(_run, (texts, cuda))
            for (cuda, _), texts in families.items()
        ]
        for each in running:
            found |= each.get(PATIENCE)
    lost = Outcome("", "its process ended before it")
    return [found.get(number, lost) for number in range(len(programs))]


def _run(texts: dict[int, str], cuda: bool) -> dict[int, Outcome]:
    os.chdir(data_folder())
    # No reader has our snippets where Python looks for modules.
    sys.path[:] = [p for p in sys.path if p != str(ROOT / "snippets")]
    warnings.simplefilter("ignore")
    stand_in = contextlib.nullcontext()
    if cuda:
        from verify.cuda_on_cpu import cuda_on_cpu

        stand_in = cuda_on_cpu()
    family, found = {}, {}
    for number, text in texts.items():
        try:
            family[number] = ast.parse(text, "<copied>").body
        except SyntaxError as error:
            found[number] = Outcome("", f"SyntaxError: {error}")
    printed = io.StringIO()
    with (
        tempfile.TemporaryFile(buffering=0) as told,  # one place for all forks
        stand_in,
        contextlib.redirect_stdout(printed),
    ):
        _go_on(family, {"__name__": "__main__"}, printed, told)
        told.seek(0)
        with contextlib.suppress(EOFError):
            while True:
                found |= pickle.load(told)
    return found


def _go_on(
    family: Family, names: dict, printed: io.StringIO, told: BinaryIO
) -> None:
    """Run what is left of programs that have been one so far."""
    branches: dict[str, Family] = defaultdict(dict)
    for number, left in family.items():
        branches[ast.dump(left[0]) if left else ""][number] = left
    for branch in branches.values():
        if len(branches) > 1 and (child := os.fork()):
            os.waitpid(child, 0)
            continue
        try:
            _step(branch, names, printed, told)
        finally:
            if len(branches) > 1:
                os._exit(0)


def _step(
    family: Family, names: dict, printed: io.StringIO, told: BinaryIO
) -> None:
    """Run the next statement of programs that have it in common, if any."""
    error, (left, *_) = "", family.values()
    if left:
        try:
            code = compile(ast.Module(left[:1], []), "<copied>", "exec")
            exec(code, names)
        except (Exception, SystemExit) as raised:
            error = f"{type(raised).__name__}: {raised}"
        else:
            rest = {number: left[1:] for number, left in family.items()}
            return _go_on(rest, names, printed, told)
    outcome = Outcome(printed.getvalue(), error)
    pickle.dump(dict.fromkeys(family, outcome), told)
