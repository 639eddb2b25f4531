"""Where the project's parts lie."""

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")


def add_import_paths(root: Path = ROOT) -> None:
    """Make snippets and hooks importable, as pytest does from pyproject."""
    with (root / "pyproject.toml").open("rb") as file:
        options = tomllib.load(file)["tool"]["pytest"]["ini_options"]
    for path in reversed(options["pythonpath"]):
        if str(root / path) not in sys.path:
            sys.path.insert(0, str(root / path))
