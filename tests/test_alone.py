import pytest

from alone import FORKS, Outcome, Program, run_alone


def test_programs_know_nothing_of_one_another_where_none_can_be_forked():
    programs = [Program("w = 1\nprint(w)"), Program("print(w)")]
    assert run_alone(programs, "spawn") == [
        Outcome("1\n", ""),
        Outcome("", "NameError: name 'w' is not defined"),
    ]


@pytest.mark.skipif(not FORKS, reason="no process can be forked here")
def test_programs_share_what_they_begin_with_and_nothing_else(tmp_path):
    count = tmp_path / "count"
    start = f"w = [open({str(count)!r}, 'a').write('1')]\nprint(w)\n"
    ends = {
        "": ("", ""),
        "w.append(2)\nprint(w)": ("[1, 2]\n", ""),
        "w.append(2)\nprint(w)\nb": ("[1, 2]\n", "NameError: name 'b' "),
        "print(w)  # as it was": ("[1]\n", ""),
        "print(w[1])\nprint(w)": ("", "IndexError: list index "),
        "import os; os._exit(0)": None,
        "raise SystemExit(2)": ("", "SystemExit: 2"),
    }
    found = run_alone([*(Program(start + end) for end in ends)])
    for outcome, end in zip(found, ends.values(), strict=True):
        if end is None:
            assert outcome == Outcome("", "its process ended before it")
        else:
            assert outcome.printed == "[1]\n" + end[0]
            assert outcome.error.startswith(end[1])
            assert bool(outcome.error) == bool(end[1])
    assert count.read_text("utf-8") == "1"


def test_a_program_that_is_no_python_is_told():
    (found,) = run_alone([Program("print(")])
    assert found.error.startswith("SyntaxError")


def test_a_program_has_none_of_our_snippets_to_import():
    (found,) = run_alone([Program("import linear_regression.scratch")])
    assert found.error.startswith("ModuleNotFoundError")
