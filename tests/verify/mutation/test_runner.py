"""Faults that are planted in a copy of the project are caught there."""

import os
import subprocess
import sys

import pytest

from verify.mutation import runner
from verify.mutation.jobs import Job
from verify.project import ROOT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="faults are planted in forks"
)
COMMAND = (sys.executable, "-m", "verify.mutation")


@pytest.mark.parametrize(
    ("red", "caught"),
    [({"wrong"}, True), (set(), False), ({"right", "wrong"}, None)],
)
def test_a_fault_is_caught_by_what_is_green_without_it(
    tmp_path, monkeypatch, red, caught
):
    page = tmp_path / "page"
    page.write_text("right")
    monkeypatch.setattr(
        runner, "_is_red", lambda _: page.read_text("utf-8") in red
    )
    job = Job("outputs", str(page), 1, "a fault", "wrong", (str(page),))
    if caught is None:
        with pytest.raises(runner.RedBefore, match="page: red before"):
            runner._is_caught(job)
    else:
        assert runner._is_caught(job) is caught
    assert page.read_text("utf-8") == "right"


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
