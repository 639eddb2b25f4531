"""The state of the random numbers, which all pages of a test run share."""

from __future__ import annotations

import random
import sys


def capture() -> dict:
    """Return the state of each generator that is loaded."""
    state = {"random": random.getstate()}
    if "numpy" in sys.modules:
        state["numpy"] = sys.modules["numpy"].random.get_state()
    if "torch" in sys.modules:
        state["torch"] = sys.modules["torch"].get_rng_state()
    return state


def restore(state: dict, seed: int) -> None:
    """Go back to a state; what it does not know begins with the seed."""
    if "random" in state:
        random.setstate(state["random"])
    else:
        random.seed(seed)
    if "numpy" in sys.modules:
        numpy = sys.modules["numpy"]
        if "numpy" in state:
            numpy.random.set_state(state["numpy"])
        else:
            numpy.random.seed(seed)
    if "torch" in sys.modules:
        torch = sys.modules["torch"]
        if "torch" in state:
            torch.set_rng_state(state["torch"])
        else:
            torch.manual_seed(seed)
