from verify.alone import Outcome, Program, run_alone


def test_programs_know_nothing_of_one_another_where_none_can_be_forked():
    programs = [Program("w = 1\nprint(w)"), Program("print(w)")]
    assert run_alone(programs, "spawn") == [
        Outcome("1\n", ""),
        Outcome("", "NameError: name 'w' is not defined"),
    ]
