"""The built site, a server for it and a browser, once for all tests."""

import functools
import os
import re
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from page import plain
from verify.browser import MISSING, launched

ROOT = Path(__file__).resolve().parents[2]
STEMS = sorted(
    page.stem
    for page in (ROOT / "docs/zh").iterdir()
    if page.suffix in {".md", ".ipynb"}
)
PLACES = {stem: "" if stem == "index" else f"{stem}/" for stem in STEMS}
PAGES = [home + place for home in ("", "en/") for place in PLACES.values()]
HERE = Path(__file__).parent
SHOWN = (HERE / "shown.js").read_text("utf-8")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
# It looks at each node, so those that formulas are drawn of go, unseen anyway.
AUDIT = """(part) => {
  const drawings = document.querySelectorAll("svg[aria-hidden=true]")
  for (const drawing of drawings) drawing.replaceChildren()
  return axe.run(part, { resultTypes: ["violations"] })
}"""
DRAWN = re.compile(r"(<svg\b[^>]*>).*?(?=</svg>)", re.DOTALL)
WIDE = {"width": 1280, "height": 900}


def pytest_generate_tests(metafunc):
    """Run a test of `path` on each page, of `place` on each pair of pages."""
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", PAGES, ids=lambda path: path or "home")
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", PLACES.values(), ids=PLACES)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Count what lacks a browser together: one sentence says it."""
    report = yield
    if report.skipped and MISSING in str(report.longrepr):
        report.longrepr = (__file__, 1, f"Skipped: {MISSING}")
    return report


class Site:
    """The site as it was built and is served."""

    def __init__(self, folder, url, log, failed):
        self.folder, self.url = folder, url
        self.log, self.failed = log, failed
        self.page = functools.cache(self.parse)
        self.ids = functools.cache(self.named)

    def read(self, path):
        """Return the text of a file, or of the page that a folder holds."""
        file = self.folder / path
        file = file / "index.html" if file.is_dir() else file
        return file.read_text("utf-8")

    def parse(self, path):
        """Return a parsed page; `page` does the same, once for each.

        Drawings are left out: a browser is asked about them.
        """
        return BeautifulSoup(_undrawn(plain(self.read(path))), "lxml")

    def named(self, path):
        """Return the ids of a page; `ids` does the same, once for each."""
        return {node["id"] for node in self.page(path).find_all(id=True)}


def _undrawn(html):
    """Leave of each drawing its place: what it is made of fills a page."""
    return DRAWN.sub(r"\1", html)


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


def _build(folder, root=ROOT, *options, url="http://127.0.0.1:8000/"):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d"]
    done = subprocess.run(
        [*command, folder, *options],
        cwd=root,
        env=os.environ
        | {
            "SITE_URL": url,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONIOENCODING": "utf-8",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
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
def undrawn():
    return _undrawn


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
def player():
    """What starts browsers, once for all tests."""
    with sync_playwright() as player:
        yield player


@pytest.fixture(scope="session")
def browser(player):
    """A browser; without one, tests are skipped, but not where CI runs."""
    browser = launched(player)
    if browser is None and os.environ.get("CI"):
        pytest.fail(MISSING, pytrace=False)
    if browser is None:
        pytest.skip(MISSING)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def context(browser, site):
    """What all tabs share: a cache, and addresses that begin at the site."""
    context = browser.new_context(
        base_url=site.url,
        permissions=["clipboard-read", "clipboard-write"],
        viewport=WIDE,
    )
    yield context
    context.close()


@pytest.fixture(scope="session")
def one_tab(context):
    """The tab of all tests: a new one for each takes twice as long."""
    tab = context.new_page()
    yield tab
    tab.close()


@pytest.fixture
def tab(one_tab):
    """A tab that shows nothing yet; what a test does to it is undone."""
    one_tab.bring_to_front()  # others draw no frames
    yield one_tab
    one_tab.unroute_all()
    one_tab.evaluate("[localStorage, sessionStorage].map((it) => it.clear())")
    one_tab.goto("about:blank")
    one_tab.emulate_media(
        media="null", color_scheme="null", reduced_motion="null"
    )
    one_tab.set_viewport_size(WIDE)
    one_tab.mouse.move(0, 0)


@pytest.fixture
def asked(tab):
    """The addresses that a tab asks for, as it does."""
    asked = []

    def note(request):
        asked.append(request.url)

    tab.on("request", note)
    yield asked
    tab.remove_listener("request", note)


@pytest.fixture(scope="session")
def scriptless(browser, site):
    """A tab on a phone that runs no script."""
    with browser.new_context(
        base_url=site.url,
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
    ) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def listen():
    """A function that notes what a tab complains of, in a list."""

    def listen(tab):
        complaints = []

        def note(message):
            # Chromium's own estimate, which it makes without a network too.
            is_ours = "Slow network is detected" not in message.text
            if message.type in ("error", "warning") and is_ours:
                complaints.append(message.text)

        tab.on("console", note)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        return complaints

    return listen


@pytest.fixture(scope="session")
def audit():
    """A function that tells what of a part of a page keeps readers out."""

    def audit(tab, part):
        tab.add_script_tag(path=AXE)
        found = tab.evaluate(AUDIT, part)
        assert len(found["passes"]) > 5
        return found["violations"]

    return audit


@pytest.fixture(scope="session")
def visit(context, listen):
    """A function that tells what a phone shows, asks for and complains of."""
    # One tab for all pages: a new one for each takes twice as long.
    tab = context.new_page()
    tab.set_viewport_size({"width": 390, "height": 844})
    requests, refused, complaints = [], [], listen(tab)

    def note_response(response):
        if response.status >= 400:
            refused.append(response.url)

    tab.on("request", lambda request: requests.append(request.url))
    tab.on("response", note_response)

    @functools.cache
    def visit(path):
        for noted in (requests, refused, complaints):
            noted.clear()
        tab.goto(path)
        tab.evaluate("() => document.fonts.ready.then(() => true)")
        return SimpleNamespace(
            **tab.evaluate(SHOWN),
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
