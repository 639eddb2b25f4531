"""Faults that are planted in a copy of the project are caught there."""

import os
import re
import subprocess
import sys
from functools import partial

import pytest

from verify.mutation import checks
from verify.mutation.__main__ import main
from verify.mutation.jobs import Job, tried, tried_at_once
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

    def look(path):
        return path.read_text("utf-8") in red

    asked = page, "wrong", partial(look, page)
    if caught is None:
        with pytest.raises(SystemExit, match="page: red before any fault"):
            checks.planted(*asked)
    else:
        assert checks.planted(*asked) == (caught, "wrong")
    assert page.read_text("utf-8") == "right"


def test_a_check_that_crashes_is_red():
    assert checks.is_red(lambda: 1 / 0)
    assert not checks.is_red(lambda: [])


def test_an_update_is_red_where_it_would_change_a_page_or_refuse_it(book):
    right = "# Page {#p}\n\nA sum.\n\n```python\nprint(2)\n#> 2\n```\n"
    path = book.page(right)
    for old, new, red in (("2", "2", 0), ("#> 2", "#> 3", 1), ("A", "O", 0)):
        path.write_text(right.replace(old, new), "utf-8")
        assert checks.run(path) == red
    path.write_text(right.replace("print", "prin"), "utf-8")
    assert checks.is_red(partial(checks.run, path))


def test_a_test_is_red_in_the_first_place_or_the_last(tmp_path):
    for name, truth in (("test_a.py", True), ("test_b.py", False)):
        (tmp_path / name).write_text(f"def test_it():\n    assert {truth}\n")
    right, wrong = str(tmp_path / "test_a.py"), str(tmp_path / "test_b.py")
    assert not checks.is_red(partial(checks.tests, right))
    assert checks.is_red(partial(checks.tests, right, wrong))


def test_what_goes_unseen_among_many_is_found(tmp_path):
    page = tmp_path / "page"
    page.write_text("1\n2\n3")

    def mends_all_but_the_second():
        text = page.read_text("utf-8")
        mended = re.sub(r"^x(?=\n)|x$", lambda m: "31"[not m.end() > 1], text)
        page.write_text(mended)
        return mended != text

    jobs = [
        Job(page, "1\n2\n3", (at, at + 1, "x"), mends_all_but_the_second)
        for at in (0, 2, 4)
    ]
    for plant in (tried, tried_at_once):
        found = {job.edit[0]: seen for job, seen in plant(jobs)}
        assert found == {0: True, 2: False, 4: True}


@pytest.mark.parametrize("asked", [["equations"], ["--page", "nowhere"]])
def test_what_cannot_be_planted_is_named(asked, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["mutation", *asked])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr().err
    assert asked[-1] in said
    assert "translations" in said or "softmax_regression" in said


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
