"""What may go unseen, and what may not."""

from pathlib import Path

from verify.mutation.__main__ import SURVIVORS
from verify.mutation.jobs import Job, faulty, jobs
from verify.project import ROOT, pages


def test_a_fault_is_known_by_its_line():
    job = Job(ROOT / "a.py", "import b\nx = 1\n", (13, 14, "2"), bool)
    assert faulty(job) == "import b\nx = 2\n"
    assert job.name == "a.py: 1 → 2: x = 2"


def test_a_survivor_has_a_reason():
    groups = SURVIVORS.read_text(encoding="utf-8").split("\n\n")
    assert all(group.startswith("#") for group in groups)


def test_every_known_survivor_of_code_can_be_planted():
    planted = {
        job.name
        for path in pages("zh")
        for kind in ("code", "figures")
        for job in jobs(Path(path).stem, kind)
    }
    known = SURVIVORS.read_text(encoding="utf-8").splitlines()
    assert {name for name in known if name[:8] == "snippets"} <= planted
