"""Makes the book to take along: `make book`.

For each language a PDF, and an archive whose pages open without a server. Both
come from one build of the site, the archive as it is and the PDF by way of one
long page, which Chromium prints. What is made lies in build/book, and the next
`make site` offers it.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from playwright.sync_api import Browser, Page, sync_playwright

from verify.browser import MISSING, has_chinese, launched

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "build/book"
NAME = "deep-learning-line-by-line"
HOMES = {"zh": "", "en": "en/"}
ADDRESS = os.environ.get("SITE_URL", "")
SCRIPT = Path(__file__).with_name("printed.js").read_text("utf-8")
# What printed.css leaves of A4 between its margins, in CSS pixels.
SHEET = {"width": 642, "height": 963}
NUMBER = """(pages) => {
  for (const link of document.querySelectorAll("a[data-page]")) {
    link.dataset.page = pages[decodeURIComponent(link.hash.slice(1))]
  }
}"""
OPTIONS = dict.fromkeys(
    ("outline", "prefer_css_page_size", "print_background", "tagged"), True
)
PACKED = pikepdf.ObjectStreamMode.generate
# What only a server needs, who shows a link, a developer, or the PDF.
UNUSED = "*.map", "404.html", "book*", "pictures", "sitemap*", "*_index.json"
START = """<!doctype html>
<title>{1}</title>
<meta http-equiv="refresh" content="0; url=site/{0}index.html">
"""


def main() -> None:
    """Make what does not exist, or is old: everything."""
    with sync_playwright() as player, tempfile.TemporaryDirectory() as name:
        browser = launched(player)
        if browser is None:
            sys.exit(f"The book cannot be printed: {MISSING}.")
        if not has_chinese():
            sys.exit("No font has Chinese: install one, as fonts-noto-cjk.")
        build(site := Path(name, "site"))
        for language, home in HOMES.items():
            path = Path(name, "book", f"{NAME}.{language}")
            archive(site, home, path)
            pdf = to_pdf(browser, site / home / "book.html", home)
            path.with_name(f"{path.name}.pdf").write_bytes(pdf)
        browser.close()
        shutil.rmtree(BOOK, ignore_errors=True)
        shutil.copytree(path.parent, BOOK)
    for path in sorted(BOOK.iterdir()):
        print(path.relative_to(ROOT), f"{path.stat().st_size / 1e6:.1f} MB")


def build(site: Path) -> None:
    """Build the site for folders that no server serves.

    Its pages name no address: they have another on the web.
    """
    settings = {"OFFLINE": "true", "SITE_URL": "", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", site]
    env = os.environ | settings
    if subprocess.run(command, cwd=ROOT, env=env).returncode:
        sys.exit("The site cannot be built: mend what is named above.")


def archive(site: Path, home: str, path: Path) -> None:
    """Pack the site, both languages, with a page that opens one of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, NAME)
        unused = shutil.ignore_patterns(*UNUSED)
        shutil.copytree(site, folder / "site", ignore=unused)
        (folder / "index.html").write_text(START.format(home, NAME), "utf-8")
        shutil.make_archive(path, "zip", name)


def to_pdf(browser: Browser, page: Path, home: str) -> bytes:
    """Print the whole book of a language, which stands on one page."""
    tab = opened(browser, page, home)
    # Once to learn on which pages everything is, once more to say so; where
    # what is said moves a line to the next page, again.
    said: dict[str, int] = {}
    for _ in range(5):
        book = pikepdf.open(io.BytesIO(tab.pdf(**OPTIONS)))
        found = pages(book)
        if found == said:
            break
        tab.evaluate(NUMBER, found)
        said = found
    tab.close()
    # Chromium does not pack what it tells screen readers: most of a PDF.
    book.save(pdf := io.BytesIO(), object_stream_mode=PACKED)
    return pdf.getvalue()


def opened(browser: Browser, page: Path, home: str) -> Page:
    """Open the page that is printed, and make a book of it."""
    tab = browser.new_page(viewport=SHEET)
    tab.emulate_media(media="print")
    tab.goto(page.as_uri())
    tab.evaluate(SCRIPT, ADDRESS and ADDRESS + home)
    return tab


def pages(book: pikepdf.Pdf) -> dict[str, int]:
    """Return the number of the page to which each link in a PDF leads."""
    return {
        name.removeprefix("/"): pikepdf.Page(place[0]).index + 1
        for name, place in book.Root.Dests.items()
    }


if __name__ == "__main__":
    main()
