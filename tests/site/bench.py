"""Measures a page beside a plain one of the same Markdown: `make bench`.

The plain one is made by Material for MkDocs, set up with MathJax as its
documentation says, and without fonts, which would make it heavier. Both are
served from here, compressed. Each visit is a reader's first; the visits to
both take turns, and the median counts. A visit looks through the page to its
end, so that all its figures are loaded.

`bench.py growth` tells instead what each further page costs a build.
"""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from statistics import median
from types import SimpleNamespace

import yaml
from playwright.sync_api import Browser, sync_playwright

from verify.browser import launched

ROOT = Path(__file__).resolve().parents[2]
PAGE = "en/gradient_descent/"
VISITS = 5
MORE = 240  # pages in each language
SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml"}
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
MATHJAX = r"""window.MathJax = {
  tex: { inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]] },
  options: { ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex" },
  output: { fontPath: "/mathjax/font" }
}
document$.subscribe(() => {
  MathJax.startup.output?.clearCache()
  MathJax.typesetClear?.()
  MathJax.texReset?.()
  MathJax.typesetPromise?.()
})"""


class Server(ThreadingHTTPServer):
    """Serves a folder, and remembers how many bytes it has sent."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder, self.sent = folder, []
        self.url = f"http://127.0.0.1:{self.server_port}/"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(SimpleHTTPRequestHandler):
    """Answers as hosts of static sites do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        """Send a file."""
        path = self.server.folder / self.path.split("?")[0].strip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.server.sent.append(len(body))
        self.wfile.write(body)


def build(root: Path, server: Server) -> float:
    """Build a site, and return the seconds that the processor took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", server.folder],
        cwd=root,
        env=os.environ | {"SITE_URL": server.url, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def write_more(folder: Path, count: int) -> None:
    """Write our site with more pages: copies of its own, in turns."""
    for place in ("docs", "snippets", "tests"):
        shutil.copytree(ROOT / place, folder / place)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    names = [f"more_{number}.md" for number in range(count)]
    nav = "nav:\n" + "".join(f"  - {name}\n" for name in names)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("nav:\n", nav)
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    shutil.copy(ROOT / "mkdocs.en.yml", folder)
    for docs in (folder / "docs/zh", folder / "docs/en"):
        pages = cycle(sorted(docs.glob("*.md")))
        for name in names:
            shutil.copy(next(pages), docs / name)


def grown(count: int) -> Iterator[float]:
    """Yield the seconds of a first build with more pages, and of a second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "project")
        write_more(folder, count)
        place = SimpleNamespace(folder=Path(name, "site"), url="http://a.b/")
        yield build(folder, place)
        yield build(folder, place)


def growth() -> None:
    """Print what each page adds to a first build, and to the next."""
    few, many = list(grown(0)), list(grown(MORE))
    for name, less, more in zip(("first", "again"), few, many, strict=True):
        each = 1000 * (more - less) / (2 * MORE)
        print(f"{name}: {less:.1f} s, with {2 * MORE} pages more {more:.1f} s")
        print(f"  {each:.0f} ms a page")


def write_plain(folder: Path) -> None:
    """Write the plain site: our English pages, and no hook."""
    ours = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)
    snippets = {"pymdownx.snippets": {"base_path": [str(ROOT / "snippets")]}}
    settings = {
        "site_name": "Plain",
        "theme": {"name": "material", "font": False},
        "exclude_docs": "*.ipynb",
        "markdown_extensions": [
            snippets if "pymdownx.snippets" in extension else extension
            for extension in ours["markdown_extensions"]
        ],
        "extra_javascript": ["settings.js", "mathjax/tex-mml-chtml.js"],
    }
    (folder / "mkdocs.yml").write_text(yaml.dump(settings), "utf-8")
    docs, modules = folder / "docs", ROOT / "node_modules"
    for source, place in (
        (ROOT / "docs/en", "en"),
        (ROOT / "docs/assets", "assets"),
        (modules / "mathjax", "mathjax"),
        (modules / "@mathjax/mathjax-newcm-font/chtml", "mathjax/font/chtml"),
    ):
        shutil.copytree(source, docs / place)
    (docs / "settings.js").write_text(MATHJAX, "utf-8")


def visit(browser: Browser, server: Server, is_phone: bool) -> dict:
    """Open the page, look through it to its end, and say what it took."""
    context = browser.new_context(**(PHONE if is_phone else DESKTOP))
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if is_phone:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", FAST_3G)
    html = (server.folder / PAGE / "index.html").read_text("utf-8")
    formulas = html.count('class="arithmatex"')
    tab.add_init_script(f"({SCRIPT})({formulas})")
    server.sent.clear()
    tab.goto(server.url + PAGE, wait_until="networkidle")
    tab.wait_for_function("bench.formulas")
    tab.wait_for_timeout(1000)
    metrics = session.send("Performance.getMetrics")["metrics"]
    busy = {each["name"]: each["value"] for each in metrics}["TaskDuration"]
    tab.evaluate("bench.scroll()")
    tab.wait_for_load_state("networkidle")
    seen = tab.evaluate("({ ...bench, scroll: 0 })")
    context.close()
    return {
        "KiB": sum(server.sent) / 1024,
        "requests": len(server.sent),
        "last formula in place, ms": seen["formulas"],
        "layout shift": seen["shift"],
        "main thread, ms": busy * 1000,
    }


def row(name: str, ours: float, plain: float) -> None:
    """Print a row of the table."""
    ratio = f"{plain / ours:.1f}" if ours else "–"
    digits = 3 if plain < 1 else 1 if plain < 10 else 0
    print(f"| {name} | {ours:.{digits}f} | {plain:.{digits}f} | {ratio} |")


def main() -> None:
    """Build both, visit both in turns, and print a table."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        source = Path(name, "source")
        source.mkdir()
        write_plain(source)
        servers = [Server(Path(name, each)) for each in ("ours", "plain")]
        times = list(map(build, (ROOT, source), servers))
        browser = launched(player)
        print("| | ours | plain | plain / ours |\n|---|--:|--:|--:|")
        for is_phone, where in enumerate(("desktop", "phone")):
            visits = ([], [])
            for _ in range(VISITS):
                for seen, server in zip(visits, servers, strict=True):
                    seen.append(visit(browser, server, bool(is_phone)))
            for what in visits[0][0]:
                ours, plain = ([one[what] for one in seen] for seen in visits)
                row(f"{what} ({where})", median(ours), median(plain))
        row("whole build, user s", *times)
        browser.close()


if __name__ == "__main__":
    growth() if sys.argv[1:] == ["growth"] else main()
