"""Installs what the site or the checks need, into .venv and node_modules.

    python3 install.py site    what shows the site
    python3 install.py test    what the checks need besides

What is there stays. A .venv that is half-made, was moved or has lost its
Python is made anew, and what was broken off goes on where it was, so Ctrl-C
costs nothing. Any Python 3 can read this, and is told where it is too old.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = (ROOT / ".venv").resolve()
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = ROOT / os.environ.get("CONSTRAINTS", "constraints.txt")
INPUTS = (PROJECT, CONSTRAINTS, ROOT / "package-lock.json")
# The least Python is said in pyproject.toml, and nowhere else.
LEAST = re.search(r'requires-python = ">=(.*)"', PROJECT.read_text("utf-8"))[1]
NUMBERS = tuple(map(int, LEAST.split(".")))


def main(what):
    """Install what is wanted and not there."""
    if not is_whole():
        make_venv()
    digest = hashlib.sha256(b"".join(each.read_bytes() for each in INPUTS))
    wanted = digest.hexdigest()
    stamps = [VENV / name for name in {what, "test"}]
    is_stamped = any(
        s.is_file() and s.read_text("utf-8") == wanted for s in stamps
    )
    if is_stamped and (ROOT / "node_modules/mathjax").is_dir():
        return
    print("Installing what is needed: that takes minutes once.", flush=True)
    for folder in half_installed():
        shutil.rmtree(folder)
    pip = [BIN / "python", "-m", "pip", "--disable-pip-version-check"]
    flags = ["--quiet", "--no-compile", "--constraint", CONSTRAINTS]
    run(*pip, "install", *flags, ".[test]" if what == "test" else ".")
    npm = [BIN / "npm", "--no-audit", "--no-fund", "ci"]
    run(*npm, *([] if what == "test" else ["--omit=dev"]))
    (VENV / what).write_text(wanted, "utf-8")


def is_whole():
    """Whether .venv has a Python that will do and a pip, and was made here.

    Its programs name the folder in which they were installed, pip last.
    """
    try:
        pip = next(BIN.glob("pip*")).read_bytes().decode("utf-8", "replace")
    except (OSError, StopIteration):
        return False
    code = f"import pip, sys; sys.exit(sys.version_info < {NUMBERS})"
    try_it = [str(BIN / "python"), "-c", code]
    is_here = str(VENV) in pip
    return is_here and not subprocess.call(try_it, stderr=subprocess.DEVNULL)


def make_venv():
    """Make .venv anew."""
    if sys.version_info < NUMBERS:
        sys.exit(
            f"Python {LEAST} or newer is needed, and this is "
            f"{sys.version.split()[0]}; name another: make PYTHON=python3.12"
        )
    run(sys.executable, "-m", "venv", "--clear", VENV)


def half_installed():
    """Yield the records of packages whose installation was broken off.

    With its record, pip would take such a package for installed.
    """
    for place in ("lib/*/site-packages", "Lib/site-packages"):
        for folder in VENV.glob(place + "/*.dist-info"):
            if not (folder / "INSTALLER").is_file():  # written at the end
                yield folder


def run(*command):
    """Run a command with the programs of .venv; end where it fails."""
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    command = list(map(str, command))
    code = subprocess.call(command, cwd=ROOT, env={**os.environ, "PATH": path})
    if code:
        sys.exit(f"This failed: {' '.join(command)}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Broken off; the same command goes on from here.")
