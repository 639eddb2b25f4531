"""Writing so that nothing is lost: not half a file, not a message."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from page import Fault


def replace(path: Path, text: str | bytes) -> None:
    """Write a file aside, then put it in its place; its line ends are kept.

    Raises Fault where that cannot be: then the file is as it was.
    """
    content = text.encode() if isinstance(text, str) else text
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise Fault(
            path,
            1,
            f"cannot be written: {error.strerror}",
            "It is as it was; mend that, and run the command again.",
        ) from None


def speak_anywhere() -> None:
    """Print what a terminal has no letters for by their numbers."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
