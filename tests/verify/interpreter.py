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
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np

PRINTED = np.get_printoptions()  # before any page can change them


@contextlib.contextmanager
def new_interpreter(
    main: ModuleType, seed: int, folder: Path
) -> Iterator[None]:
    """Run the code of `main` as in a new interpreter that stands in a folder.

    What nobody seeds begins with `seed`.
    """
    outer = sys.modules["__main__"]
    with undone():
        _begin(seed)
        sys.modules["__main__"] = main
        try:
            with contextlib.chdir(folder):
                yield
        finally:
            sys.modules["__main__"] = outer


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Undo what is set inside."""
    before = _state()
    try:
        yield
    finally:
        _begin(0)  # what was loaded inside
        _restore(before)


def _begin(seed: int) -> None:
    """Set what a new interpreter has, but for seeds."""
    random.seed(seed)
    np.random.seed(seed)
    np.set_printoptions(**PRINTED)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(seed)
        torch.set_default_dtype(torch.float32)
        torch.set_printoptions(profile="default")


def _state() -> dict[str, object]:
    """Return what is set now, of what is loaded."""
    state = {
        "random": random.getstate(),
        "numpy": np.random.get_state(),
        "arrays": np.get_printoptions(),
    }
    if torch := sys.modules.get("torch"):
        state["torch"] = torch.get_rng_state()
        state["dtype"] = torch.get_default_dtype()
        # There is no public way to read how tensors are printed.
        state["tensors"] = {**vars(torch._tensor_str.PRINT_OPTS)}
    return state


def _restore(state: dict[str, object]) -> None:
    random.setstate(state["random"])
    np.random.set_state(state["numpy"])
    np.set_printoptions(**state["arrays"])
    if "torch" in state:
        torch = sys.modules["torch"]
        torch.set_rng_state(state["torch"])
        torch.set_default_dtype(state["dtype"])
        torch.set_printoptions(**state["tensors"])
