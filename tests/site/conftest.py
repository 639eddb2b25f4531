"""The built site, a server for it and a browser, once for all tests."""

import functools
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
HERE = Path(__file__).parent
SHOWN = (HERE / "shown.js").read_text("utf-8")
COPIES = (HERE / "copies.js").read_text("utf-8")


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
def paths():
    """The paths of all pages, in both languages."""
    return PAGES


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


@pytest.fixture(scope="session")
def visit(context, ready):
    """A function that tells what a phone shows, asks for and complains of."""
    # One tab for all pages: a new one for each takes twice as long.
    tab = context.new_page()
    tab.set_viewport_size({"width": 390, "height": 844})
    requests, refused, complaints = [], [], []

    def note_response(response):
        if response.status >= 400:
            refused.append(response.url)

    def note_message(message):
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    tab.on("request", lambda request: requests.append(request.url))
    tab.on("response", note_response)
    tab.on("console", note_message)
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    @functools.cache
    def visit(path):
        for noted in (requests, refused, complaints):
            noted.clear()
        tab.goto(path)
        ready(tab)
        tab.evaluate("() => document.fonts.ready.then(() => true)")
        return SimpleNamespace(
            **tab.evaluate(SHOWN),
            copies=tab.evaluate(COPIES),
            requests=[*requests],
            refused=[*refused],
            complaints=[*complaints],
        )

    yield visit
    tab.close()


@pytest.fixture(scope="session")
def shown():
    """What `visit` evaluates in a page."""
    return SHOWN
