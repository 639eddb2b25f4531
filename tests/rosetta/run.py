"""Runs every program in a process of its own, and writes the record.

    make rosetta

Ends with a failure where a program fails, finds another line than least
squares, or cannot run though it should.
"""

from __future__ import annotations

import datetime
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rosetta import record
from rosetta.environments import PLACE, Missing, command, version
from rosetta.programs import DATA, PROGRAMS, VARIABLES, Program

# These are on few machines.
MAY_BE_MISSING = ("nvcc", "GPU", "th", "Python 3.9")
PATIENCE = 300  # seconds


class Failed(Exception):
    """A program that fails, or finds another line."""


def run(name: str, program: Program) -> dict[str, str]:
    """Run a program; return its entry in the record."""
    steps = [PROGRAMS[program.after]] if program.after else []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copy(DATA, folder)
        for step in (*steps, program):
            words = command(step, folder)
            done = subprocess.run(
                words,
                cwd=folder,
                stdin=DATA.open(encoding="utf-8"),
                capture_output=True,
                encoding="utf-8",
                env={**os.environ, **VARIABLES, "HOME": str(home())},
                timeout=PATIENCE,
            )
            if done.returncode:
                reason = done.stderr[-2000:]
                raise Failed(f"{name}: {step.file} fails:\n{reason}")
    entry = {
        "version": version(program, words[0]),
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}",
        "digest": program.digest,
        "printed": done.stdout.strip(),
    }
    complaint = other_line(program, entry["printed"])
    if complaint:
        raise Failed(f"{name}: {complaint}")
    return entry


def other_line(program: Program, printed: str) -> str:
    """Say where a printed line is not that of least squares, or nothing."""
    if not program.fits:
        return ""
    exact = record.least_squares(record.x, record.y)
    try:
        distance = record.distance_of(printed)
    except ValueError:
        return f"{program.file} prints {printed!r}, and not w and b"
    if distance <= program.tolerance:
        return ""
    return (
        f"{program.file} found {printed}, and least squares is "
        f"{exact[0]!r} {exact[1]!r}; they differ by {distance:.1e}, and "
        f"{program.tolerance:.0e} is allowed"
    )


def home() -> Path:
    """Return the folder in which frameworks may keep what they compile."""
    place = PLACE / "home"
    place.mkdir(parents=True, exist_ok=True)
    return place


def main() -> int:
    """Run all; return how many failed or could not run though they should."""
    entries, faults = record.read(), 0
    for name, program in PROGRAMS.items():
        try:
            entries[name] = entry = run(name, program)
            print(f"{name}: {entry['version']}: {entry['printed']}")
        except Missing as reason:
            print(f"{name}: not run: {reason}")
            faults += reason.what not in MAY_BE_MISSING
        except (Failed, subprocess.SubprocessError) as reason:
            print(f"{name}: FAILED: {reason}")
            faults += 1
        sys.stdout.flush()
    record.write(entries)
    print(f"{faults} failed" if faults else "All is as it should be.")
    return faults


if __name__ == "__main__":
    sys.exit(min(main(), 1))
