"""Without a browser, tests are skipped and say how to get one."""

import os
import subprocess
import sys

import pytest

from verify import browser
from verify.project import ROOT


@pytest.mark.parametrize(
    ("ci", "code", "word"), [("", 0, "SKIPPED"), ("true", 1, "ERROR")]
)
def test_without_a_browser_tests_are_skipped_but_not_where_ci_runs(
    tmp_path, ci, code, word
):
    nowhere = {
        "PATH": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
    }
    done = subprocess.run(
        [
            sys.executable,
            *("-m", "pytest", "-p", "no:cacheprovider", "-k", "scheme"),
            "tests/site/test_browser.py",
        ],
        cwd=ROOT,
        env={**os.environ, **nowhere, "CI": ci, "RECEIPTS": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout
    summary = done.stdout.partition("short test summary")[2]
    assert word in summary
    assert browser.MISSING.partition(",")[0] in done.stdout
    assert ci or summary.count(browser.MISSING) == 1


def test_a_browser_is_brought_only_where_none_starts(monkeypatch):
    ran = []
    monkeypatch.setattr(browser, "_run", lambda *command: ran.append(command))
    monkeypatch.setattr(browser, "has_chinese", lambda: True)
    monkeypatch.setattr(browser, "_starts", lambda: True)
    browser.bring()
    assert ran == []
    monkeypatch.setattr(browser, "_starts", lambda: False)
    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    browser.bring()
    assert [command[-2:] for command in ran] == [("install", "chromium")]
