"""What all pages of a test run share, and each page finds as new.

A reader runs a page in a new interpreter. Here pages run one after another in
one process, so what a page sets there is undone after it: the state of random
numbers, how arrays are printed, torch's default type, which module is
`__main__`, and the folder, where a reader keeps the data files.
"""

from __future__ import annotations

import contextlib
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np

PRINTED = np.get_printoptions()  # before any page can change them


@contextlib.contextmanager
def new_interpreter(main: ModuleType, folder: Path) -> Iterator[None]:
    """Run the code of `main` as in a new interpreter that stands in a folder.

    So what nobody seeds is other numbers each time, and is found out.
    """
    outer = sys.modules["__main__"]
    with undone(), contextlib.chdir(folder):
        _begin()
        sys.modules["__main__"] = main
        try:
            yield
        finally:
            sys.modules["__main__"] = outer


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Undo what is set inside."""
    before = [(put, get()) for get, put in _settings()]
    try:
        yield
    finally:
        _begin()  # what was loaded inside
        for put, value in before:
            put(value)


def _begin() -> None:
    """Set what a new interpreter has."""
    random.seed()
    np.random.seed()
    np.set_printoptions(**PRINTED)
    if torch := sys.modules.get("torch"):
        torch.seed()
        torch.set_default_dtype(torch.float32)
        torch.set_printoptions(profile="default")


def _settings() -> Iterator[tuple[Callable, Callable]]:
    """Yield how each setting of what is loaded is read, and how it is set."""
    yield random.getstate, random.setstate
    yield np.random.get_state, np.random.set_state
    yield np.get_printoptions, lambda kept: np.set_printoptions(**kept)
    if torch := sys.modules.get("torch"):
        yield torch.get_rng_state, torch.set_rng_state
        yield torch.get_default_dtype, torch.set_default_dtype
        # There is no public way to read how tensors are printed.
        printed = vars(torch._tensor_str.PRINT_OPTS)
        yield printed.copy, lambda kept: torch.set_printoptions(**kept)
