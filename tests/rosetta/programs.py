"""The programs that run outside of the pages, and what each of them needs."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "snippets/data/hubble_1929.csv"
PINS = Path(__file__).parent / "pins"
# float32 keeps 7 digits, and 300 steps lose one or two of them.
CLOSE = 1e-5


@dataclass(frozen=True)
class Program:
    """A program, and whose interpreter or compiler runs it.

    `group` is an environment with pins of its own; `test` is the one that
    runs the tests; `cc`, `npm`, `nvcc` and `th` are no Python. `tolerance`
    is how far the printed line may be from least squares, relative to it.
    `launcher` stands before the file where Python does not run it alone.
    `after` is what runs before it in the same folder.
    """

    file: str
    group: str
    package: str = ""
    tolerance: float = CLOSE
    launcher: str = ""
    after: str = ""

    @property
    def path(self) -> Path:
        """The file itself."""
        return ROOT / "snippets" / self.file

    @property
    def fits(self) -> bool:
        """Whether it prints the line; of others a page shows the output."""
        return self.file.startswith("rosetta/")

    @property
    def digest(self) -> str:
        """The hash of all that its result depends on."""
        parts = [self.path.read_bytes(), DATA.read_bytes(), self.pins.encode()]
        parts += [PROGRAMS[self.after].digest.encode()] if self.after else []
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]

    @property
    def pins(self) -> str:
        """The pinned versions that it runs with."""
        if self.group == "test":
            pinned = (ROOT / "constraints.txt").read_text("utf-8")
            wanted = f"{self.package}=="
            lines = pinned.splitlines(keepends=True)
            return "".join(line for line in lines if line.startswith(wanted))
        pins = PINS / f"{self.group}.txt"
        return pins.read_text("utf-8") if pins.is_file() else ""


# What keeps the frameworks quiet, Theano from looking for a library, and
# processes started anew from calling the dead (pytorch/pytorch#135712).
VARIABLES = {
    "GLOG_minloglevel": "2",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "THEANO_FLAGS": "blas.ldflags=",
    "TORCH_DISABLE_SHARE_RDZV_TCP_STORE": "1",
}
TABLE = Path(__file__).with_name("programs.toml").read_text("utf-8")
PROGRAMS = {name: Program(**row) for name, row in tomllib.loads(TABLE).items()}
