"""The book that a reader takes along: an archive and a PDF."""

import io
import re
import shutil
import unicodedata
import zipfile
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from pypdf import PdfReader

import book
import shared
from verify.browser import MISSING

# A link within the archive, or what a page loads, without its place there.
LINK = re.compile(r' (?:href|src)="(?!data:|\w+://|mailto:)([^"#?]+)')


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
def printed(browser, offline, language, undrawn):
    """The page that is printed, in a tab."""
    home = book.HOMES[language]
    path = offline / home / "book.html"
    light = path.with_name("light.html")
    light.write_text(undrawn(path.read_text("utf-8")), "utf-8")
    tab = book.opened(browser, light, home)
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def few(offline):
    """A page of the first chapters: to print all takes half a minute."""
    path = offline / "book.html"
    page = html.document_fromstring(path.read_text("utf-8"))
    for chapter in page.find_class("chapter")[4:]:
        chapter.drop_tree()
    few = path.with_name("few.html")
    few.write_bytes(html.tostring(page, doctype="<!doctype html>"))
    return few


@pytest.fixture(scope="module")
def titles(few):
    """What its chapters are called."""
    page = html.document_fromstring(few.read_text("utf-8"))
    return [each.findtext(".//h1") for each in page.find_class("chapter")]


@pytest.fixture(scope="module")
def pdf(browser, few):
    """The first chapters of the Chinese book, printed."""
    return PdfReader(io.BytesIO(book.to_pdf(browser, few, "")))


@pytest.fixture
def tab(browser):
    tab = browser.new_page()
    yield tab
    tab.close()


def test_archive_needs_no_server(tab, offline, tmp_path):
    complaints, requests = [], []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("requestfailed", lambda request: complaints.append(request.url))
    tab.on("request", lambda request: requests.append(request.url))
    book.archive(offline, "", tmp_path / "book")
    with zipfile.ZipFile(tmp_path / "book.zip") as packed:
        packed.extractall(tmp_path / "一 本 书")
    (folder,) = (tmp_path / "一 本 书").iterdir()
    zh, en = f"{folder.as_uri()}/site/", f"{folder.as_uri()}/site/en/"
    tab.goto(f"{folder.as_uri()}/index.html")
    tab.wait_for_url(f"{zh}index.html")

    for home, query, other in ((zh, "均方误差", en), (en, "squared loss", zh)):
        tab.click(".md-nav--primary a[href='gradient_descent.html']")
        tab.wait_for_url(f"{home}gradient_descent.html")
        assert tab.locator(".arithmatex > svg").first.bounding_box()["height"]
        tab.locator("figure img").first.scroll_into_view_if_needed()
        tab.wait_for_function(
            "document.querySelector('figure img').naturalWidth > 0"
        )
        tab.wait_for_selector("figure.ready button")
        tab.click(".md-search__input")
        tab.keyboard.type(query)
        tab.keyboard.press("End")
        tab.locator("a.md-search-result__link").first.click()
        chapter = re.compile(re.escape(f"{home}loss_functions.html"))
        tab.wait_for_url(chapter)
        tab.hover(".md-select")
        language = "zh" if other == zh else "en"
        tab.click(f"a.md-select__link[hreflang={language}]")
        chapter = re.compile(re.escape(f"{other}loss_functions.html"))
        tab.wait_for_url(chapter)
        assert tab.evaluate("document.documentElement.lang") == language

    assert complaints == []
    assert [url for url in requests if not url.startswith("file:")] == []


def test_links_of_the_archive_lead_to_its_files(offline, tmp_path):
    book.archive(offline, "", tmp_path / "book")
    shutil.unpack_archive(tmp_path / "book.zip", tmp_path)
    pages = [*(tmp_path / book.NAME / "site").rglob("*.html")]
    links = {
        (page.parent / unquote(link[1])).resolve()
        for page in pages
        for link in LINK.finditer(page.read_text("utf-8"))
    }
    assert len(links) > 300
    assert {link for link in links if not link.exists()} == set()


def test_archive_opens_in_its_language(tmp_path):
    (site := tmp_path / "site").mkdir()
    for language, home in book.HOMES.items():
        book.archive(site, home, tmp_path / language)
        with zipfile.ZipFile(tmp_path / f"{language}.zip") as packed:
            start = packed.read(f"{book.NAME}/index.html").decode()
        assert f"url=site/{home}index.html" in start


def test_links_lead_to_places_of_the_book(printed):
    ids, links = printed.evaluate(
        """() => ["id", "href"].map((name) =>
          [...document.querySelectorAll(`[${name}]:not(path)`)]
            .map((each) => each.getAttribute(name)))"""
    )
    assert len(ids) == len(set(ids))
    targets = {link.removeprefix("#") for link in links if link}
    inside = {each for each in targets if "/" not in each}
    assert len(inside) > 300
    assert inside - set(ids) == set()


def test_every_chapter_is_there_and_all_is_open(printed, places):
    closed, *chapters = printed.evaluate(
        """() => {
          const count = (selector, node = document) =>
            node.querySelectorAll(selector).length
          return [count("details:not([open])"),
            ...[...document.querySelectorAll("section.chapter")].map((each) =>
              [count("p.solution", each), count("h3[id*=--solution-]", each)])]
        }"""
    )
    assert closed == 0
    assert len(chapters) == len(places)
    assert [links for links, _ in chapters] == [told for _, told in chapters]
    assert sum(links for links, _ in chapters) > 10


def test_nothing_is_wider_than_the_sheet(printed):
    wide = printed.evaluate(
        """() => [...document.querySelectorAll(
            "pre, table, img, .arithmatex > svg")]
          .filter((each) => each.getBoundingClientRect().right > innerWidth)
          .map((each) => each.textContent)"""
    )
    assert wide == []


def test_pdf_has_an_outline_and_says_where_its_chapters_begin(pdf, titles):
    begins = {
        entry.title: pdf.get_destination_page_number(entry) + 1
        for entry in pdf.outline
        if not isinstance(entry, list)
    }
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


def test_sheets_are_a4_and_say_where_their_links_lead(pdf):
    assert {tuple(map(round, each.mediabox[2:])) for each in pdf.pages} == {
        (595, 842)
    }
    assert said(pdf.pages[1]).startswith("2\n目录\n")
    *_, last = (each for each in pdf.outline if not isinstance(each, list))
    begins = pdf.get_destination_page_number(last) + 1
    assert f"[{begins}]" in "".join(map(said, pdf.pages))


def test_the_pdf_is_packed(pdf):
    assert len(pdf.xref_objStm) > len(pdf.xref[0])


def test_links_in_the_pdf_work(pdf):
    links = [
        annotation.get_object()
        for sheet in pdf.pages
        for annotation in sheet.get("/Annots", [])
    ]
    inside = [link["/Dest"] for link in links if "/Dest" in link]
    assert len(inside) > 50
    assert set(inside) <= set(pdf.named_destinations)


def test_what_needs_a_screen_is_not_printed(pdf):
    places = pdf.named_destinations
    # Between these headings is the only live figure of these chapters.
    first, last = (
        pdf.get_destination_page_number(places[f"/linear_regression--{name}"])
        for name in ("intuition", "derivation")
    )
    text = "".join(map(said, pdf.pages[first : last + 1]))
    assert "是以它为边的正方形" in text
    assert "试一试" not in text
    assert "这幅图可以动手试" in text
    assert "残差的平均数 8" not in text


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
    monkeypatch.setattr(shared, "BOOK", folder := tmp_path / "book")
    folder.mkdir()
    for kind in ("zh.pdf", "zh.zip", "en.pdf"):
        (folder / f"{book.NAME}.{kind}").write_bytes(b"1" * 100_000)
    published = {place for _, place in shared.shared_files()}
    assert f"book/{book.NAME}.en.pdf" in published
    assert shared.books("zh") == [
        (f"book/{book.NAME}.zh.{kind}", 0.1) for kind in ("pdf", "zip")
    ]
    assert {place for place, _ in shared.books("zh")} <= published
