"""What may go unseen, and what may not."""

from collections import Counter

import pytest

from verify.mutation.__main__ import SURVIVORS, known, report
from verify.mutation.jobs import Job, jobs, stems

JOB = Job("code", "a.py", 2, "1 → 2", "import b\nx = 2\n", ())


def test_a_fault_is_known_by_its_line():
    assert JOB.name == "a.py: 1 → 2: x = 2"


def test_a_reason_holds_for_all_faults_below_it():
    text = "# The first line\n# of a reason.\na\nb\n\n# Another.\nc\n"
    assert known(text) == {
        "a": "The first line of a reason.",
        "b": "The first line of a reason.",
        "c": "Another.",
    }


def test_a_survivor_needs_a_reason():
    with pytest.raises(ValueError, match=r"no reason: \['b'\]"):
        known("# Why.\na\n\nb\n")


def test_a_new_survivor_is_a_failure():
    lines, is_good = report(Counter(code=3), [JOB], {})
    assert not is_good
    assert lines == [
        "code: 3 planted, 2 caught, 0 change nothing, 1 unseen",
        "unseen: a.py:2: a.py: 1 → 2: x = 2",
    ]


def test_a_known_survivor_is_none():
    lines, is_good = report(Counter(code=3), [JOB], {JOB.name: "Why."})
    assert is_good
    assert lines == ["code: 3 planted, 2 caught, 1 change nothing, 0 unseen"]


def test_every_known_survivor_of_code_can_be_planted():
    names = known(SURVIVORS.read_text(encoding="utf-8"))
    planted = {
        job.name for stem in stems() for job in jobs(stem, ["code", "figures"])
    }
    assert {name for name in names if name[:8] == "snippets"} <= planted
