"""What is true of the files that keep the project going."""

import json
import re
import subprocess
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

PIN = re.compile(r"([\w.-]+)==([\d.]+(?:\.post\d+)?)")
ACTION = re.compile(r"uses: (\S+)(.*)")
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40}")


@pytest.fixture
def workflows(root):
    return sorted((root / ".github/workflows").iterdir())


def test_every_dependency_is_pinned_in_its_range(root):
    lines = (root / "constraints.txt").read_text().splitlines()
    pins = dict(PIN.fullmatch(line).groups() for line in lines)
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["test"]
    for requirement in map(Requirement, needed):
        assert requirement.specifier.contains(pins[requirement.name])


def test_lock_file_pins_all_and_names_no_address(root):
    text = (root / "package-lock.json").read_text()
    assert '"resolved"' not in text
    packages = json.loads(text)["packages"]
    wanted = json.loads((root / "package.json").read_text())
    for group in ("dependencies", "devDependencies"):
        assert packages[""][group] == wanted[group]
        for name, version in wanted[group].items():
            assert packages[f"node_modules/{name}"]["version"] == version


def test_actions_are_pinned_by_commit(workflows):
    for workflow in workflows:
        for action, comment in ACTION.findall(workflow.read_text()):
            if not action.startswith("./"):
                assert PINNED.fullmatch(action), f"{workflow.name}: {action}"
                assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def test_workflows_may_read_and_no_more_unless_a_job_says_so(workflows):
    for workflow in workflows:
        settings = yaml.safe_load(workflow.read_text())
        assert settings["permissions"] == {"contents": "read"}, workflow.name


def test_help_lists_the_commands(root):
    shown = subprocess.run(
        ["make", "help"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^make (\w+)", shown, re.MULTILINE)
    assert {"serve", "site", "test", "update", "clean"} <= set(commands)
