"""What a build leaves to the next one: results that take long.

They are kept on disk, with all that they were made from.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "build/cache/results"
_new: list[Hashable] = []  # what the disk does not hold yet


def recall(name: Hashable, made_of: Hashable, make: Callable[[], Any]) -> Any:
    """Return what `make` gives, made anew where it is made of other things."""
    if name not in _results or _results[name][0] != made_of:
        _results[name] = made_of, make()
        _new.append(name)
    return _results[name][1]


def forget(name: Hashable) -> None:
    """Let a result be made anew the next time."""
    _results.pop(name, None)


def save() -> None:
    """Keep what is new for the next process."""
    if _new:
        write(RESULTS, pickle.dumps((_tools(), _results)))
        _new.clear()


def write(path: Path, content: bytes) -> None:
    """Write a file at once, for builds may run beside each other.

    A folder that cannot be written to does no harm.
    """
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, delete=False
        ) as file:
            file.write(content)
        os.replace(file.name, path)


def _tools() -> str:
    """Return what makes the results: our modules, and the libraries."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "docs").glob("*/*.py")):
        digest.update(path.read_bytes())
    libraries = (p for f in sys.path for p in Path(f).glob("*.dist-info"))
    digest.update(str(sorted(p.name for p in libraries)).encode())
    return digest.hexdigest()


def _saved() -> dict[Hashable, tuple]:
    with contextlib.suppress(Exception):  # whatever it is: they can be made
        tools, results = pickle.loads(RESULTS.read_bytes())
        if tools == _tools():
            return results
    return {}


_results = _saved()
