"""Faults that are planted in a copy of the project are caught there."""

import os
import subprocess
import sys
from functools import partial

import pytest

from verify.mutation import checks
from verify.mutation.__main__ import main
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
def test_a_fault_is_caught_by_what_is_green_without_it(tmp_path, red, caught):
    page = tmp_path / "page"
    page.write_text("right")

    def look(path):
        return path.read_text("utf-8") in red

    asked = page, "wrong", [partial(look, page)]
    if caught is None:
        with pytest.raises(SystemExit, match="page: look: red before"):
            checks.is_caught(*asked)
    else:
        assert checks.is_caught(*asked) is caught
    assert page.read_text("utf-8") == "right"


def test_a_check_that_crashes_is_red():
    assert checks.is_red(lambda: 1 / 0)
    assert not checks.is_red(lambda: [])


def test_what_an_update_takes_back_is_seen_and_nothing_else(book):
    right = "# Page {#p}\n\nA sum.\n\n```python\nprint(2)\n#> 2\n```\n"
    path = book.page(right)
    assert not checks.restored(path, right)
    path.write_text(right.replace("#> 2", "#> 3"), "utf-8")
    assert checks.run(path)
    path.write_text(right.replace("#> 2", "#> 3"), "utf-8")
    assert checks.restored(path, right)
    path.write_text(right.replace("#> 2", "#> 3").replace("A", "O"), "utf-8")
    assert not checks.restored(path, right)
    path.write_text(right.replace("print", "prin"), "utf-8")
    assert not checks.restored(path, right)


def test_what_goes_unseen_among_many_is_found(tmp_path):
    page = tmp_path / "page"
    page.write_text("1234")

    def sees_all_but_the_second():
        text = page.read_text("utf-8")
        return text != "1234" and text[1] == "2"

    edits = [(at, at + 1, "x") for at in range(4)]
    job = Job(page, "1234", edits, [sees_all_but_the_second])
    found = {name.rpartition(" ")[2]: is_seen for name, is_seen in job.tried()}
    assert found == {"x234": True, "1x34": False, "12x4": True, "123x": True}


def test_a_check_that_sees_one_of_many_is_not_asked_about_all(tmp_path):
    page = tmp_path / "page"
    page.write_text("12")
    seen_by = [lambda: False, lambda: page.read_text("utf-8")[0] == "x"]
    job = Job(page, "12", [(0, 1, "x"), (1, 2, "x")], seen_by)
    assert [is_seen for _, is_seen in job.tried()] == [True, False]


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
