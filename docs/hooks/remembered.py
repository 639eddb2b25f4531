"""What a build leaves to the next one: results that take long.

They are kept on disk, with all that they were made from.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "build/cache/results"
TOOLS = "docs/*/*.py", "docs/*/*.mjs", "docs/words.txt", "package-lock.json"


def recall(name: Hashable, made_of: Hashable, make: Callable[[], Any]) -> Any:
    """Return what `make` gives, made anew where it is made of other things."""
    if name not in _results or _results[name][0] != made_of:
        _results[name] = made_of, make()
    return _results[name][1]


def save() -> None:
    """Keep the results for the next process.

    The file is replaced at once, for builds may run beside each other; and a
    folder that cannot be written to does no harm.
    """
    with contextlib.suppress(OSError):
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        file = RESULTS.with_suffix(f".{os.getpid()}")
        file.write_bytes(pickle.dumps((MADE_WITH, _results)))
        file.replace(RESULTS)


def tools() -> str:
    """Return one hash of what makes the results: ours, and the libraries."""
    digest = hashlib.sha256()
    for path in sorted(path for each in TOOLS for path in ROOT.glob(each)):
        digest.update(path.read_bytes())
    libraries = (p for f in sys.path for p in Path(f).glob("*.dist-info"))
    digest.update(str(sorted(p.name for p in libraries)).encode())
    return digest.hexdigest()


def _saved() -> dict[Hashable, tuple]:
    with contextlib.suppress(Exception):  # whatever it is: they can be made
        made_with, results = pickle.loads(RESULTS.read_bytes())
        if made_with == MADE_WITH:
            return results
    return {}


MADE_WITH = tools()  # this process has read them
_results = _saved()
