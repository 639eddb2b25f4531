"""A browser for the tests of the site: found, or brought.

python -m verify.browser
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

# The first has no window, not even one that nobody sees.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
NAMES += ("google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
MISSING = (
    "no browser starts here: install Chromium or Chrome, or run `playwright "
    "install chromium` in .venv"
)


def launched(player: Playwright) -> Browser | None:
    """Start the first browser on the path that works, or Playwright's own."""
    for path in [*filter(None, map(shutil.which, NAMES)), None]:
        with contextlib.suppress(Error):
            return player.chromium.launch(executable_path=path, args=FLAGS)
    return None


def bring() -> None:
    """Install a browser where none starts, and Chinese letters for it.

    Nothing is asked and nothing fails: the tests say what is missing.
    """
    if not _starts():
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    needed = [] if _starts() else ["chromium"]
    needed += [] if has_chinese() else ["fontconfig", "fonts-noto-cjk"]
    # As root on Debian or Ubuntu.
    if needed and shutil.which("apt-get") and os.geteuid() == 0:
        options = ("-qq", "-y", "--no-install-recommends")
        _run("apt-get", "-qq", "update")
        _run("apt-get", *options, "install", *needed)


def has_chinese() -> bool:
    """Whether a font has Chinese letters, as far as can be told."""
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    asked = ["fc-list", ":lang=zh", "family"]
    return bool(subprocess.run(asked, capture_output=True).stdout)


def _starts() -> bool:
    with sync_playwright() as player:
        return launched(player) is not None


def _run(*command: str) -> None:
    print("For the tests in a browser:", *command[-4:], flush=True)
    subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )


if __name__ == "__main__":
    bring()
