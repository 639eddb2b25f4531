"""What all pages of a test run share, and each page has for itself.

A reader runs a page in a new interpreter. Here pages run one after another in
one process, so what a page sets there is kept for it and undone after it: the
state of random numbers, how arrays are printed, torch's default type, which
module is `__main__`, and the folder, where a reader keeps the data files.
"""

from __future__ import annotations

import contextlib
import copy
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np

PRINTED = np.get_printoptions()  # before any page can change them


class Interpreter:
    """A page's own interpreter; `namespace` is that of its `__main__`.

    What nobody seeds begins with `seed`; `folder` holds the data files.
    """

    def __init__(self, seed: int, folder: Path) -> None:
        self.folder = folder
        self.main = ModuleType("__main__")
        self.seed = seed
        self.state: dict[str, tuple] = {}

    @property
    def namespace(self) -> dict:
        """The names of the page."""
        return vars(self.main)

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Run code as in this interpreter, and leave the other as it was."""
        outside, main = _state(), sys.modules["__main__"]
        _restore(_fresh(self.seed) | self.state)
        sys.modules["__main__"] = self.main
        try:
            with contextlib.chdir(self.folder):
                yield
        finally:
            self.state = _state()
            sys.modules["__main__"] = main
            _restore(_fresh(0) | outside)


def _state() -> dict[str, tuple]:
    """Return the state of what is loaded."""
    state: dict[str, tuple] = {
        "random": random.getstate(),
        "numpy": (np.random.get_state(), np.get_printoptions()),
    }
    torch = sys.modules.get("torch")
    if torch:
        # There is no public way to read how tensors are printed.
        printed = copy.copy(torch._tensor_str.PRINT_OPTS)
        state["torch"] = (
            torch.get_rng_state(),
            torch.get_default_dtype(),
            vars(printed),
        )
    return state


def _fresh(seed: int) -> dict[str, tuple]:
    """Return the state that a new interpreter begins with, but for seeds."""
    state: dict[str, tuple] = {
        "random": random.Random(seed).getstate(),
        "numpy": (np.random.RandomState(seed).get_state(), PRINTED),
    }
    torch = sys.modules.get("torch")
    if torch:
        numbers = torch.Generator().manual_seed(seed).get_state()
        printed = vars(type(torch._tensor_str.PRINT_OPTS)())
        state["torch"] = numbers, torch.float32, printed
    return state


def _restore(state: dict[str, tuple]) -> None:
    random.setstate(state["random"])
    numbers, printed = state["numpy"]
    np.random.set_state(numbers)
    np.set_printoptions(**printed)
    torch = sys.modules.get("torch")
    if torch:
        numbers, dtype, printed = state["torch"]
        torch.set_rng_state(numbers)
        torch.set_default_dtype(dtype)
        vars(torch._tensor_str.PRINT_OPTS).update(printed)
