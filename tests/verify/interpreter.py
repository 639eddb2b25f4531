"""What all pages of a test run share, and each page has for itself.

A reader runs a page in a new interpreter. Here pages run one after another in
one process, so what a page sets there is kept for it and undone after it: the
state of random numbers, how arrays are printed, torch's default type, which
module is `__main__`, and the folder, where a reader keeps the data files.
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


class Interpreter:
    """A page's own interpreter; `namespace` is that of its `__main__`.

    What nobody seeds begins with `seed`; `folder` holds the data files.
    """

    def __init__(self, seed: int, folder: Path) -> None:
        self.folder = folder
        self.main = ModuleType("__main__")
        self.seed = seed
        self.state: dict[str, object] = {}

    @property
    def namespace(self) -> dict:
        """The names of the page."""
        return vars(self.main)

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Run code as in this interpreter, and leave the other as it was."""
        outside, main = _state(), sys.modules["__main__"]
        _begin(self.seed)
        _restore(self.state)
        sys.modules["__main__"] = self.main
        try:
            with contextlib.chdir(self.folder):
                yield
        finally:
            self.state = _state()
            sys.modules["__main__"] = main
            _begin(0)
            _restore(outside)


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
    if "random" in state:
        random.setstate(state["random"])
        np.random.set_state(state["numpy"])
        np.set_printoptions(**state["arrays"])
    if "torch" in state:
        torch = sys.modules["torch"]
        torch.set_rng_state(state["torch"])
        torch.set_default_dtype(state["dtype"])
        torch.set_printoptions(**state["tensors"])
