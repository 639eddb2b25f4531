"""Faults that are planted in a copy of the project are caught there."""

import os
import subprocess
import sys

import pytest

from verify.mutation import checks
from verify.project import ROOT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="faults are planted in forks"
)
COMMAND = (sys.executable, "-m", "verify.mutation")


@pytest.mark.parametrize(
    ("red", "caught"),
    [({"wrong"}, True), (set(), False), ({"right", "wrong"}, None)],
)
def test_a_fault_is_caught_by_what_is_green_without_it(tmp_path, red, caught):
    page = tmp_path / "page"
    page.write_text("right")

    def check(path):
        return page.read_text("utf-8") in red

    asked = page, "wrong", [(check, "the check")]
    if caught is None:
        with pytest.raises(SystemExit, match="the check: red before"):
            checks.is_caught(*asked)
    else:
        assert checks.is_caught(*asked) is caught
    assert page.read_text("utf-8") == "right"


def test_a_check_that_crashes_is_red():
    assert checks.is_red(lambda _: 1 / 0, "")
    assert not checks.is_red(lambda _: [], "")


def test_a_sample_of_all_faults_is_caught():
    before = {path: path.read_bytes() for path in ROOT.glob("docs/*/*.md")}
    done = subprocess.run(
        [*COMMAND, "--sample", "1", "--page", "chain_rule"],
        cwd=ROOT,
        env={"PYTHONPATH": "tests:snippets:docs/hooks"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(path.read_bytes() == text for path, text in before.items())
