"""What is true of the files that keep the project going."""

import json
import re
import shutil
import subprocess
import tomllib
from importlib import metadata

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

PIN = re.compile(r"([\w.-]+)==([\d.]+(?:\.post\d+)?)")
ACTION = re.compile(r"uses: (\S+)(.*)")
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40}")


@pytest.fixture
def workflows(root):
    return sorted((root / ".github/workflows").iterdir())


def test_every_dependency_is_pinned_in_its_range(root):
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()
    pins = dict(PIN.fullmatch(line).groups() for line in lines)
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    needed = project["dependencies"] + project["optional-dependencies"]["test"]
    for requirement in map(Requirement, needed):
        assert requirement.specifier.contains(pins[requirement.name])


def test_the_least_python_is_the_one_that_the_pins_need(root):
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["requires-python"]
    least = wanted.removeprefix(">=")
    refusing = [
        line
        for line in lines
        if (pin := metadata.metadata(line.partition("==")[0]))
        and least not in SpecifierSet(pin.get("Requires-Python", ""))
    ]
    assert refusing == []
    for guide in ("README.md", "README.zh.md"):
        assert f"Python {least}" in (root / guide).read_text("utf-8"), guide


def test_no_text_is_read_as_the_locale_has_it(root):
    files = [root / "install.py"]
    for folder in ("docs", "snippets", "tests"):
        files += (root / folder).rglob("*.py")
    loose = re.compile("read_text[(][)]|text=[T]rue")
    assert [f for f in files if loose.search(f.read_text("utf-8"))] == []


def test_lock_file_pins_all_and_names_no_address(root):
    text = (root / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    packages = json.loads(text)["packages"]
    wanted = json.loads((root / "package.json").read_text("utf-8"))
    for group in ("dependencies", "devDependencies"):
        assert packages[""][group] == wanted[group]
        for name, version in wanted[group].items():
            assert packages[f"node_modules/{name}"]["version"] == version


def test_actions_are_pinned_by_commit(workflows):
    for workflow in workflows:
        for action, comment in ACTION.findall(workflow.read_text("utf-8")):
            if not action.startswith("./"):
                assert PINNED.fullmatch(action), f"{workflow.name}: {action}"
                assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def test_workflows_may_read_and_no_more_unless_a_job_says_so(workflows):
    for workflow in workflows:
        settings = yaml.safe_load(workflow.read_text("utf-8"))
        assert settings["permissions"] == {"contents": "read"}, workflow.name


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_help_lists_the_commands(root):
    shown = subprocess.run(
        ["make", "help"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    commands = re.findall(r"^make (\w+)", shown, re.MULTILINE)
    assert {"serve", "site", "test", "update", "clean"} <= set(commands)
