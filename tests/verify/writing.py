"""Writing so that nothing is lost: not half a file, not a message."""

from __future__ import annotations

import sys
from pathlib import Path


def text_of(path: Path) -> str:
    """Return what is in a file, with its line ends, or '' without one."""
    return path.read_bytes().decode() if path.is_file() else ""


def replace(path: Path, text: str) -> None:
    """Write a file aside, then put it in its place; its line ends are kept."""
    aside = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(text.encode())
    aside.replace(path)


def speak_anywhere() -> None:
    """Print what a terminal has no letters for by their numbers."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
