"""The book that a reader takes along: an archive and a PDF."""

import re
import unicodedata
import zipfile
from contextlib import nullcontext
from copy import deepcopy
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html
from mkdocs.structure.files import Files
from pypdf import PdfReader

import book
import offered
import printed
from verify.browser import MISSING


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """The site as it is built for the book."""
    site = tmp_path_factory.mktemp("offline")
    book.build(site)
    return site


@pytest.fixture(scope="module", params=book.HOMES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def page(offline, language):
    """The page that is printed, parsed."""
    source = printed.book(offline / book.HOMES[language], language)
    return html.document_fromstring(source)


@pytest.fixture(scope="module")
def chapters(offline):
    """What is printed in a test: the whole takes half a minute."""
    front = printed.parse(offline / "en/index.html")
    return list(islice(printed.read(offline / "en", front), 5))


@pytest.fixture(scope="module")
def pdf(browser, offline, chapters, tmp_path_factory):
    """The first chapters of the English book, printed."""
    path = tmp_path_factory.mktemp("pdf") / "book.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printed, "read", lambda *_: deepcopy(chapters))
        book.to_pdf(browser, offline, "en", path)
    return PdfReader(path)


@pytest.fixture
def tab(browser):
    tab = browser.new_page()
    yield tab
    tab.close()


def test_archive_needs_no_server(tab, offline, language, tmp_path):
    complaints, requests = [], []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("requestfailed", lambda request: complaints.append(request.url))
    tab.on("request", lambda request: requests.append(request.url))
    book.archive(offline, language, tmp_path / "book.zip")
    with zipfile.ZipFile(tmp_path / "book.zip") as packed:
        packed.extractall(tmp_path / "一 本 书")
    (folder,) = (tmp_path / "一 本 书").iterdir()
    home = f"{folder.as_uri()}/site/{book.HOMES[language]}"

    tab.goto(f"{folder.as_uri()}/index.html")
    tab.wait_for_url(f"{home}index.html")
    tab.click(".md-nav--primary a[href='gradient_descent.html']")
    tab.wait_for_url(f"{home}gradient_descent.html")
    assert tab.locator(".arithmatex > svg").first.bounding_box()["height"]
    tab.locator("figure img").first.scroll_into_view_if_needed()
    tab.wait_for_function(
        "document.querySelector('figure img').naturalWidth > 0"
    )

    tab.click(".md-search__input")
    tab.keyboard.type({"zh": "均方误差", "en": "squared loss"}[language])
    tab.keyboard.press("End")
    found = tab.locator("a.md-search-result__link").first
    found.click()
    tab.wait_for_url(re.compile(re.escape(f"{home}loss_functions.html")))

    other = ({"zh", "en"} - {language}).pop()
    tab.hover(".md-select")
    tab.click(f"a.md-select__link[hreflang={other}]")
    tab.wait_for_url(
        re.compile(
            f"/site/{book.HOMES[other]}loss_functions.html".replace(".", "[.]")
        )
    )
    assert tab.evaluate("document.documentElement.lang") == other
    assert complaints == []
    assert [url for url in requests if not url.startswith("file:")] == []


def test_links_lead_to_places_of_the_book(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {
        link.removeprefix("#") for link in page.xpath("//@href[. != '']")
    }
    inside = {each for each in targets if "/" not in each}
    assert len(inside) > 300
    assert inside - set(ids) == set()


def test_every_chapter_is_there_and_all_is_open(page, places):
    chapters = page.xpath("//section[@class='chapter']")
    assert len(chapters) == len(places)
    assert page.xpath("//details[not(@open)]") == []
    for chapter in chapters:
        assert len(chapter.xpath(".//p[@class='solution']")) == len(
            chapter.xpath(".//h3[contains(@id, '--solution-')]")
        )


def test_nothing_is_wider_than_the_sheet(tab, offline, language):
    path = offline / book.HOMES[language] / "book.html"
    path.write_text(printed.book(path.parent, language), "utf-8")
    tab.set_viewport_size(printed.SHEET)
    tab.emulate_media(media="print")
    tab.goto(path.as_uri())
    wide = tab.evaluate(
        """() => [...document.querySelectorAll(
            "pre, table, img, .arithmatex > svg")]
          .filter((each) => each.getBoundingClientRect().right > innerWidth)
          .map((each) => each.textContent)"""
    )
    assert wide == []


def test_pdf_has_an_outline_and_says_where_its_chapters_begin(pdf, chapters):
    begins = {
        entry.title: pdf.get_destination_page_number(entry) + 1
        for entry in pdf.outline
        if not isinstance(entry, list)
    }
    titles = [chapter.title for chapter in chapters]
    assert list(begins) == titles
    assert sorted(begins.values()) == list(begins.values())
    listed = "".join(map(said, pdf.pages[1:5]))
    for title, number in begins.items():
        assert re.search(rf"{re.escape(title)}\s*{number}\b", listed), title
        sheet = said(pdf.pages[number - 1])
        assert title in sheet
        assert re.search(rf"^{number}$", sheet, re.MULTILINE)


def said(sheet):
    """Return the text of a sheet, without ligatures."""
    return unicodedata.normalize("NFKC", sheet.extract_text())


def test_links_in_the_pdf_work(pdf):
    links = [
        annotation.get_object()
        for sheet in pdf.pages
        for annotation in sheet.get("/Annots", [])
    ]
    inside = [link["/Dest"] for link in links if "/Dest" in link]
    assert len(inside) > 50
    assert set(inside) <= set(pdf.named_destinations)


@pytest.mark.parametrize(
    ("browser", "sentence"), [(None, MISSING), ("Chromium", "fonts-noto-cjk")]
)
def test_what_is_missing_is_told_in_a_sentence(monkeypatch, browser, sentence):
    monkeypatch.setattr(book, "sync_playwright", nullcontext)
    monkeypatch.setattr(book, "launched", lambda _: browser)
    monkeypatch.setattr(book, "has_chinese", lambda: False)
    with pytest.raises(SystemExit, match=re.escape(sentence)):
        book.main()


def test_a_site_that_cannot_be_built_ends_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(book, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="cannot be built"):
        book.build(Path("site"))


def test_what_is_made_is_offered_in_its_language(monkeypatch, tmp_path):
    monkeypatch.setattr(offered, "BOOK", folder := tmp_path / "book")
    folder.mkdir()
    for kind in ("zh.pdf", "zh.zip", "en.pdf"):
        (folder / f"{offered.NAME}.{kind}").write_bytes(b"1" * 100_000)
    config = SimpleNamespace(
        docs_dir="docs/zh", site_dir="site", extra={}, use_directory_urls=True
    )
    files = offered.on_files(Files([]), config)
    offers = config.extra["book"]
    assert [file.url for file in files] == [url for url, _ in offers.values()]
    assert offers["pdf"] == (f"book/{offered.NAME}.zh.pdf", 0.1)
    config.use_directory_urls = False  # the archive does not hold itself
    assert list(offered.on_files(Files([]), config)) == []
