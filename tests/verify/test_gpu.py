"""What a run on a GPU leaves, and what the page `verified` says of it.

Few machines have a GPU: here torch.cuda is a pretended one.
"""

import json
from types import SimpleNamespace

import pytest
import torch

from verify import receipts
from verify.project import LANGUAGES, ROOT

SAYS = {
    "zh": (
        "最近一次在 GPU 上的运行：{date}，`{gpu}`，驱动版本 {driver}，"
        "CUDA 版本 {cuda}，PyTorch {torch}；"
        "测试通过 {passed}<!-- source: tests/verify/gpu.json --> 项，"
        "失败 {failed} 项。",
        "此后代码块改过。",
        "还没有过在 GPU 上运行的记录。",
    ),
    "en": (
        "The last run on a GPU: {date}, `{gpu}`, driver version {driver}, "
        "CUDA version {cuda}, PyTorch {torch}; tests passed: "
        "{passed}<!-- source: tests/verify/gpu.json -->, "
        "failed: {failed}.",
        "The blocks have changed since then.",
        "No run on a GPU has been recorded yet.",
    ),
}
TESTS = [
    SimpleNamespace(outcome=outcome)
    for outcome in ("passed", "passed", "failed")
]


def told(language, path=receipts.GPU):
    """Return what a page has to say of a report."""
    run, changed, never = SAYS[language]
    if not path.is_file():
        return never
    found = json.loads(path.read_text("utf-8"))
    counts = {"passed": 0, "failed": 0} | found["results"]
    said = run.format(**found, **counts)
    if found["blocks"] == receipts.cuda_blocks():
        return said
    return f"{said} {changed}" if language == "en" else said + changed


@pytest.fixture
def gpu(monkeypatch):
    """Pretend that there is a GPU."""
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "Tesla T4")
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    monkeypatch.setattr(torch, "__version__", "2.13.0")
    monkeypatch.setattr(
        receipts.subprocess, "check_output", lambda *_, **__: "580.95.05\n"
    )


def finished(markexpr="cuda"):
    """End a run of three tests with -m; return what it says."""
    said = []
    terminal = SimpleNamespace(
        getreports=lambda name: [e for e in TESTS if e.outcome == name],
        write_line=said.append,
    )
    config = SimpleNamespace(option=SimpleNamespace(markexpr=markexpr))
    receipts.pytest_terminal_summary(terminal, config)
    return said


@pytest.fixture
def report(monkeypatch, tmp_path):
    """Return where the run of a test leaves its report."""
    path = tmp_path / "gpu.json"
    monkeypatch.setattr(receipts, "GPU", path)
    monkeypatch.delenv("RECEIPTS", raising=False)
    return path


def test_a_run_on_a_gpu_leaves_a_report_that_is_told(gpu, report):
    assert not finished()
    said = told("en", report)
    assert "`Tesla T4`, driver version 580.95.05, CUDA version 13.0" in said
    assert said.endswith("gpu.json -->, failed: 1.")
    assert json.loads(report.read_text("utf-8"))["date"] in said


def test_other_blocks_than_those_that_ran_are_told(gpu, report, monkeypatch):
    finished()
    monkeypatch.setattr(receipts, "cuda_blocks", lambda: "others")
    assert told("en", report).endswith("have changed since then.")


def test_a_machine_without_a_gpu_keeps_the_last_report(report, monkeypatch):
    def missing(*_, **__):
        raise FileNotFoundError("no nvidia-smi")

    monkeypatch.setattr(receipts.subprocess, "check_output", missing)
    report.write_text("the last one", "utf-8")
    assert "No report of this run was left: no nvidia-smi" in finished()[0]
    assert report.read_text("utf-8") == "the last one"


def test_a_run_of_other_tests_keeps_the_last_report(gpu, report):
    assert not finished(markexpr="")
    assert not report.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_of_the_last_run_on_a_gpu(language):
    page = (ROOT / f"docs/{language}/verified.md").read_text("utf-8")
    assert told(language) in page, f"verified.md has to say: {told(language)}"
