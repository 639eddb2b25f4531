"""The built site, a server for it and a browser, once for all tests."""

import functools
import itertools
import os
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
STEMS = sorted(
    page.stem
    for page in (ROOT / "docs/zh").iterdir()
    if page.suffix in {".md", ".ipynb"}
)
PLACES = {stem: "" if stem == "index" else f"{stem}/" for stem in STEMS}
PAGES = [home + place for home in ("", "en/") for place in PLACES.values()]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Evaluated in a page that is ready.
SEEN = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  return {
    formulas: all("mjx-container").length,
    errors: all("mjx-merror, mjx-container [style*='color: red']")
      .map((node) => node.textContent),
    flat: all("mjx-mfrac > mjx-frac")
      .filter((node) => getComputedStyle(node).display != "inline-block")
      .length,
    unstyled: all("mjx-assistive-mml")
      .filter((node) => getComputedStyle(node).position != "absolute")
      .length,
    width: document.documentElement.scrollWidth,
  }
}"""


def pytest_generate_tests(metafunc):
    """Run a test of `path` on each page, of `place` on each pair of pages."""
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", PAGES, ids=lambda path: path or "home")
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", PLACES.values(), ids=PLACES)


class Site:
    """The site as it was built and is served."""

    def __init__(self, folder, url, log, failed):
        self.folder, self.url = folder, url
        self.log, self.failed = log, failed
        self.page = functools.cache(self.parse)

    def read(self, path):
        """Return the text of a file, or of the page that a folder holds."""
        file = self.folder / path
        file = file / "index.html" if file.is_dir() else file
        return file.read_text("utf-8")

    def parse(self, path):
        """Return a parsed page; `page` does the same, once for each."""
        return BeautifulSoup(self.read(path), "lxml")


class Handler(SimpleHTTPRequestHandler):
    """Serves files, and the root's 404 page, as simple hosts do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Print nothing."""

    def send_error(self, code, *_, **__):
        """Answer with the 404 page."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _build(folder, root=ROOT, url="http://127.0.0.1:8000/"):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", folder],
        cwd=root,
        env=os.environ | {"SITE_URL": url, "NO_MKDOCS_2_WARNING": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return SimpleNamespace(failed=bool(done.returncode), log=done.stdout)


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def places():
    """The places of the pages, below the home of their language."""
    return list(PLACES.values())


@pytest.fixture(scope="session")
def build():
    """A function that builds a site strictly."""
    return _build


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The site as it was built for the address of a server that runs."""
    folder = tmp_path_factory.mktemp("site")
    handler = functools.partial(Handler, directory=folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    done = _build(folder, url=url)
    yield Site(folder, url, done.log, done.failed)
    server.shutdown()


@pytest.fixture(scope="session")
def site(built):
    if built.failed:
        pytest.fail(
            "the site was not built: test_site_is_built_without_a_warning "
            "tells why",
            pytrace=False,
        )
    return built


@pytest.fixture(scope="session")
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=found, args=FLAGS
            )
        except Error as error:
            pytest.fail(
                "These tests need a browser: install Chromium, or run "
                f"`playwright install chromium`.\n{error}",
                pytrace=False,
            )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser, site):
    """What all tabs share: a cache, and addresses that begin at the site."""
    context = browser.new_context(
        base_url=site.url,
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 1280, "height": 900},
    )
    yield context
    context.close()


@pytest.fixture
def tab(context):
    """A new tab; what it stores is forgotten afterwards."""
    tab = context.new_page()
    yield tab
    tab.evaluate("localStorage.clear()")
    tab.close()


@pytest.fixture(scope="session")
def ready():
    """A function that waits until a page's mathematics stands."""

    def ready(tab):
        tab.wait_for_function("window.MathJax?.startup?.promise")
        tab.evaluate("() => MathJax.startup.promise")

    return ready


class Visit:
    """A page that is being opened on a phone, and what it asks for."""

    def __init__(self, context, path):
        self.requests, self.refused, self.complaints = [], [], []
        self.tab = context.new_page()
        self.tab.set_viewport_size({"width": 390, "height": 844})
        self.tab.on("request", lambda each: self.requests.append(each.url))
        self.tab.on("response", self.note_response)
        self.tab.on("console", self.note_message)
        self.tab.on(
            "pageerror", lambda error: self.complaints.append(str(error))
        )
        self.tab.goto(path, wait_until="commit")

    def note_response(self, response):
        """Note what the server does not have."""
        if response.status >= 400:
            self.refused.append(response.url)

    def note_message(self, message):
        """Note what the console complains of."""
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.fixture(scope="session")
def visit(context, ready):
    """A function that tells what a phone shows and asks for on a page."""
    ahead = iter(PAGES)
    visits, seen = {}, {}

    def visit(path):
        while path not in seen:
            # Two pages at a time, for two cores.
            for each in itertools.islice(ahead, 2 - len(visits)):
                visits[each] = Visit(context, each)
            first = next(iter(visits))
            seen[first] = look(visits.pop(first))
        return seen[path]

    def look(visit):
        visit.tab.wait_for_load_state()
        ready(visit.tab)
        visit.tab.evaluate("() => document.fonts.ready.then(() => true)")
        found = visit.tab.evaluate(SEEN)
        visit.tab.close()
        return SimpleNamespace(**found, **vars(visit))

    return visit


@pytest.fixture(scope="session")
def seen():
    """What `visit` evaluates in a page."""
    return SEEN
