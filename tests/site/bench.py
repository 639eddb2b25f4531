"""Measures a page beside a plain one of the same Markdown: `make bench`.

The plain one is that of plain.yml. Both are served from here, compressed. Each
visit is a reader's first; the visits to both take turns, and the median
counts. A visit looks through the page to its end, so that all its figures are
loaded.

`bench.py growth` tells instead what each further page costs a build.
"""

from __future__ import annotations

import functools
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from verify.browser import launched

ROOT = Path(__file__).resolve().parents[2]
PLAIN = Path(__file__).with_name("plain.yml")
PAGE = "en/gradient_descent/"
VISITS = 5
MORE = 240  # pages in each language
SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml")
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "has_touch": True,
    "is_mobile": True,
}
# Chromium's own "Fast 3G".
FAST_3G = {
    "offline": False,
    "downloadThroughput": 1.6e6 / 8 * 0.9,
    "uploadThroughput": 750e3 / 8 * 0.9,
    "latency": 150 * 3.75,
}
SENT: list[int] = []  # the bytes of each answer


class Handler(SimpleHTTPRequestHandler):
    """Answers as hosts of static sites do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def send_header(self, name: str, value: str) -> None:
        """Say of what is compressed that it is; a folder is its index.html."""
        super().send_header(name, value)
        if name == "Content-Length":
            SENT.append(int(value))
            if self.path.endswith((*COMPRESSED, "/")):
                super().send_header("Content-Encoding", "gzip")


def served(folder: Path) -> str:
    """Compress what a folder holds, serve it and return its address."""
    for path in folder.rglob("*.*"):
        if path.suffix in COMPRESSED:
            path.write_bytes(gzip.compress(path.read_bytes()))
    handler = functools.partial(Handler, directory=folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def build(config: Path, site: Path) -> float:
    """Build a site, and return the seconds that the processor took."""
    before = os.times().children_user
    command = [sys.executable, "-m", "mkdocs", "build", "-f", config, "-d"]
    subprocess.run(
        [*command, site], cwd=ROOT, check=True, stderr=subprocess.DEVNULL
    )
    return os.times().children_user - before


def grown(folder: Path, count: int) -> float:
    """Return the seconds of a second build with copies of our pages more."""
    for place in ("docs", "snippets", "tests"):
        shutil.copytree(ROOT / place, folder / place)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    names = [f"more_{number}.md" for number in range(count)]
    nav = "nav:\n" + "".join(f"  - {name}\n" for name in names)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(settings.replace("nav:\n", nav), "utf-8")
    shutil.copy(ROOT / "mkdocs.en.yml", folder)
    for docs in (folder / "docs/zh", folder / "docs/en"):
        for name, page in zip(names, cycle(sorted(docs.glob("*.md")))):
            shutil.copy(page, docs / name)
    return min(build(config, folder / "site") for _ in range(2))


def growth() -> None:
    """Print what each page adds to a build that is not the first."""
    with tempfile.TemporaryDirectory() as name:
        less, more = (grown(Path(name, str(n)), n) for n in (0, MORE))
    print(f"{less:.1f} s, with {2 * MORE} pages more {more:.1f} s")
    print(f"{1000 * (more - less) / (2 * MORE):.0f} ms a page")


def visit(browser: Browser, url: str, is_phone: bool) -> dict[str, float]:
    """Open the page, look through it to its end, and say what it took."""
    tab = browser.new_page(**(PHONE if is_phone else DESKTOP))
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if is_phone:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        session.send("Network.emulateNetworkConditions", FAST_3G)
    tab.add_init_script(f"({SCRIPT})()")
    SENT.clear()
    tab.goto(url + PAGE, wait_until="networkidle")
    tab.wait_for_function("bench.formulas")
    tab.wait_for_timeout(1000)
    metrics = session.send("Performance.getMetrics")["metrics"]
    busy = {each["name"]: each["value"] for each in metrics}["TaskDuration"]
    for y in range(0, tab.evaluate("document.body.scrollHeight"), 400):
        tab.evaluate("y => scrollTo(0, y)", y)
        tab.wait_for_timeout(100)
    tab.wait_for_load_state("networkidle")
    seen = tab.evaluate("bench")
    tab.close()
    return {
        "KiB": sum(SENT) / 1024,
        "requests": len(SENT),
        "last formula in place, ms": seen["formulas"],
        "layout shift": seen["shift"],
        "main thread, ms": busy * 1000,
    }


def main() -> None:
    """Build both, visit both in turns, and print a table."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        sites = [Path(name, each) for each in ("ours", "plain")]
        times = list(map(build, (ROOT / "mkdocs.yml", PLAIN), sites))
        modules = ROOT / "node_modules"
        shutil.copytree(modules / "mathjax", sites[1] / "mathjax")
        fonts = modules / "@mathjax/mathjax-newcm-font/chtml"
        shutil.copytree(fonts, sites[1] / "mathjax/font/chtml")
        urls = list(map(served, sites))
        browser = launched(player)
        rows = {"whole build, user s": times}
        for is_phone, where in enumerate(("desktop", "phone")):
            turns = [
                [visit(browser, url, is_phone) for url in urls]
                for _ in range(VISITS)
            ]
            for what in turns[0][0]:
                both = zip(
                    *([one[what] for one in turn] for turn in turns),
                    strict=True,
                )
                rows[f"{what} ({where})"] = list(map(median, both))
        browser.close()
    print("| | ours | plain | plain / ours |\n|---|--:|--:|--:|")
    for what, (ours, plain) in rows.items():
        ratio = f"{plain / ours:.1f}" if ours else "–"
        print(f"| {what} | {ours:.4g} | {plain:.4g} | {ratio} |")


if __name__ == "__main__":
    growth() if sys.argv[1:] == ["growth"] else main()
