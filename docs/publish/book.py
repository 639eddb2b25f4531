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
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

import printed
from offered import BOOK, HOMES, NAME, ROOT
from verify.browser import MISSING, has_chinese, launched

# What only a server needs, or a developer.
UNUSED = {".gz", ".map", ".xml"}
START = """<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=site/{0}index.html">
<title>{1}</title>
<a href="site/{0}index.html">{1}</a>
"""


def main() -> None:
    """Make what does not exist, or is old: everything."""
    with sync_playwright() as player, tempfile.TemporaryDirectory() as name:
        browser = launched(player)
        if browser is None:
            sys.exit(f"The book cannot be printed: {MISSING}.")
        if not has_chinese():
            sys.exit("No font has Chinese: install one, as fonts-noto-cjk.")
        site, made = Path(name, "site"), Path(name, "made")
        made.mkdir()
        build(site)
        for language in HOMES:
            archive(site, language, made / f"{NAME}.{language}.zip")
            to_pdf(browser, site, language, made / f"{NAME}.{language}.pdf")
        browser.close()
        shutil.rmtree(BOOK, ignore_errors=True)
        shutil.copytree(made, BOOK)
    for path in sorted(BOOK.iterdir()):
        print(path.relative_to(ROOT), f"{path.stat().st_size / 1e6:.1f} MB")


def build(site: Path) -> None:
    """Build the site for folders that no server serves."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict"]
    done = subprocess.run(
        [*command, "-d", site],
        cwd=ROOT,
        env=os.environ | {"OFFLINE": "true", "NO_MKDOCS_2_WARNING": "1"},
        check=False,
    )
    if done.returncode:
        sys.exit("The site cannot be built: mend what is named above.")


def archive(site: Path, language: str, path: Path) -> None:
    """Pack the site, both languages, with a page that opens one of them."""
    title = printed.parse(site / HOMES[language] / "index.html")
    start = START.format(HOMES[language], title.findtext(".//title").strip())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{NAME}/index.html", start)
        for file in sorted(site.rglob("*.*")):
            if file.suffix not in UNUSED and file.name != "404.html":
                packed.write(file, f"{NAME}/site/{file.relative_to(site)}")


def to_pdf(browser: Browser, site: Path, language: str, path: Path) -> None:
    """Print a language as one document."""
    home = site / HOMES[language]
    address = os.environ.get("SITE_URL", "")
    page = home / "book.html"
    page.write_text(printed.book(home, language, address), "utf-8")
    tab = browser.new_page(viewport=printed.SHEET)
    tab.emulate_media(media="print")
    tab.goto(page.as_uri())
    options = {"outline": True, "tagged": True, "print_background": True}
    # Once to learn on which pages everything is, once more to say so; where
    # what is said moves a line to the next page, again.
    said: dict[str, int] = {}
    for _ in range(5):
        pdf = tab.pdf(prefer_css_page_size=True, **options)
        found = pages(pdf)
        if found == said:
            break
        tab.evaluate(printed.NUMBER, found)
        said = found
    path.write_bytes(pdf)
    tab.close()
    page.unlink()


def pages(pdf: bytes) -> dict[str, int]:
    """Return the number of the page to which each link in a PDF leads."""
    reader = PdfReader(io.BytesIO(pdf))
    return {
        name.removeprefix("/"): reader.get_destination_page_number(place) + 1
        for name, place in reader.named_destinations.items()
    }


if __name__ == "__main__":
    main()
