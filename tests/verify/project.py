"""Where the project's parts lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")


def pages(language: str, root: Path = ROOT) -> list[Path]:
    """Return the Markdown pages of a language."""
    return sorted((root / "docs" / language).glob("*.md"))


def data_folder(root: Path = ROOT) -> Path:
    """Return the folder of the data files, in which pages run."""
    folder = root / "snippets/data"
    return folder if folder.is_dir() else root
