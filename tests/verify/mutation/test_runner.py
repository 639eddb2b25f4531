"""Faults that are planted in a copy of the project are caught there."""

import os
import subprocess
import sys

import pytest

from verify.mutation.jobs import Job
from verify.mutation.runner import RedBefore, run
from verify.project import ROOT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="faults are planted in forks"
)
PAGE = "docs/zh/preface.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")


def job(text, *tests):
    return Job("outputs", PAGE, 1, "a fault", text, tests or (PAGE,))


def test_what_is_broken_is_caught_and_what_is_not_is_not():
    broken = f"{TEXT}\n```python\nprint(1)\n#> 2\n```\n"
    harmless = f"{TEXT}\n```python\nprint(1)\n#> 1\n```\n"
    done = run([job(broken), job(harmless)])
    assert {(each.text, caught) for each, caught in done} == {
        (broken, True),
        (harmless, False),
    }
    assert (ROOT / PAGE).read_text(encoding="utf-8") == TEXT


def test_checks_that_are_red_before_show_nothing():
    with pytest.raises(RedBefore, match="no_such_page"):
        list(run([job(TEXT + "\n", "docs/zh/no_such_page.md")]))


def test_a_sample_of_all_faults_is_caught():
    done = subprocess.run(
        [sys.executable, "-m", "verify.mutation", "--sample", "1"],
        cwd=ROOT,
        env={"PYTHONPATH": "tests:snippets:docs/hooks"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
