"""Plant faults and say which of them no check has seen.

python -m verify.mutation [--page PAGE] [--sample N] [KIND …]

Without a sample all are planted, in a copy of the project. A fault that goes
unseen is a hole in the checks: mend them. Where it changes nothing that could
be seen, survivors.txt holds it with the reason. Only what is not as this file
says is printed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from verify.project import ROOT, pages

SURVIVORS = Path(__file__).with_name("survivors.txt")
NOT_COPIED = shutil.ignore_patterns(
    *("__pycache__", ".*", "build", "node_modules", "site-packages")
)
COPY = "IS_A_COPY"  # the variable that says so
KINDS = ("code", "comments", "figures", "formulas", "numbers", "outputs")
KINDS += ("translations",)


def main() -> int:
    """Run the mutation; return 1 where survivors.txt is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="this many of each kind")
    every = [path.stem for path in pages("zh")]
    parser.add_argument("--page", metavar="PAGE", choices=every)
    parser.add_argument("kinds", nargs="*", help=", ".join(KINDS))
    options = parser.parse_args()
    for kind in {*options.kinds} - {*KINDS}:  # choices would refuse none
        parser.error(f"{kind} is no kind of fault: {', '.join(KINDS)}")
    if COPY not in os.environ:
        return _run_in_a_copy()
    # It loads what is large, which only the copy needs.
    from verify.mutation.jobs import SHOWN, jobs, tried, tried_at_once

    harmless = {*SURVIVORS.read_text(encoding="utf-8").splitlines()}
    counts, surprises = Counter(), 0
    for stem in [options.page] if options.page else every:
        for kind in options.kinds or KINDS:
            found = list(jobs(stem, kind))
            random.Random(0).shuffle(found)
            plant = tried_at_once if kind in SHOWN else tried
            for job, caught in plant(found[: options.sample]):
                result = "caught" if caught else "unseen"
                counts[kind, result] += 1
                if caught == (job.name in harmless):
                    surprises += 1
                    print(f"{result}: {job.name}", flush=True)
        print(f"{stem} is done", flush=True)
    for (kind, result), count in sorted(counts.items()):
        print(f"{kind}: {count} {result}")
    return int(surprises > 0)


def _run_in_a_copy() -> int:
    """Run this command in a copy of the project, for it changes files."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ROOT, Path(folder, "copy"), ignore=NOT_COPIED)
        command = [sys.executable, "-Bm", "verify.mutation", *sys.argv[1:]]
        # PYTHONPATH is relative; and no .pyc keeps a fault that is mended.
        environment = {**os.environ, COPY: "1"}
        return subprocess.run(command, cwd=copy, env=environment).returncode


if __name__ == "__main__":
    raise SystemExit(main())
