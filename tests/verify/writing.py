"""Writing so that nothing is lost: not half a file, not a message."""

from __future__ import annotations

import sys
from pathlib import Path


def replace(path: Path, text: str | bytes) -> None:
    """Write a file aside, then put it in its place; its line ends are kept."""
    content = text.encode() if isinstance(text, str) else text
    aside = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(content)
    aside.replace(path)


def speak_anywhere() -> None:
    """Print what a terminal has no letters for by their numbers."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
