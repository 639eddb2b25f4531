"""The marks of a Python block: what `.cuda` in its first line means."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass

KNOWN = ".cuda, .raises-SomeError and .warns-SomeWarning"


@dataclass(frozen=True)
class Marks:
    """What a block's first line asks of its run."""

    cuda: bool = False
    raises: str = ""
    warns: str = ""


def marks(classes: Iterable[str]) -> Marks:
    """Read the classes of a fence; raises ValueError for an unknown one."""
    found: dict[str, bool | str] = {}
    for name in classes:
        kind, _, wanted = name.partition("-")
        if name == "cuda":
            found["cuda"] = True
        elif kind in ("raises", "warns") and wanted:
            # One with a module is looked up when the block has run:
            # collecting a page does not import torch.
            if "." not in wanted:
                exception(wanted)
            found[kind] = wanted
        else:
            raise ValueError(f"unknown mark .{name}")
    if "raises" in found and "warns" in found:
        raise ValueError("a block cannot have both .raises- and .warns-")
    return Marks(**found)


def exception(name: str) -> type[BaseException]:
    """Return the class that a mark names.

    A bare name is a built-in one; another carries its module, as in
    `numpy.linalg.LinAlgError`.
    """
    module, _, plain = name.rpartition(".")
    try:
        found = getattr(importlib.import_module(module or "builtins"), plain)
    except (ImportError, AttributeError):
        found = None
    if not isinstance(found, type) or not issubclass(found, BaseException):
        kind = f"exception in {module}" if module else "built-in exception"
        raise ValueError(f"{plain} is no {kind}")
    return found
