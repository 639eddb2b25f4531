"""Whether the search leads to where the book explains what is sought."""

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

ASK = (Path(__file__).parent / "search.js").read_text("utf-8")


@pytest.fixture(params=["", "en/"], ids=["zh", "en"])
def folder(request):
    """The folder of a language."""
    return request.param


@pytest.fixture
def first(site, tab, folder):
    """A function that tells which page a search finds first, for each."""

    def first(queries):
        tab.goto(f"{site.url}{folder}preface/")
        found = tab.evaluate(ASK, list(queries))
        return [paths[0] if paths else None for paths in found]

    return first


def explained(site, folder):
    """Yield the glossary's terms, other names too, and where each leads."""
    home = f"{site.url}{folder}"
    for row in site.page(f"{folder}glossary/").select("tbody tr:has(a)"):
        zh, en, *_, unused, see = row.select("td")
        target = urldefrag(urljoin(f"{home}glossary/", see.a["href"])).url
        names = re.split("[、,]", unused.get_text())
        for name in (zh.get_text(), en.get_text(), *names):
            if name != "–":
                yield name.strip(), target.removeprefix(home)


def test_each_term_leads_first_to_where_it_is_explained(site, folder, first):
    places = dict(explained(site, folder))
    assert len(places) > 80
    found = dict(zip(places, first(places), strict=True))
    assert found == places


def test_a_search_for_two_chinese_words_looks_for_both(site, tab):
    tab.goto(f"{site.url}preface/")
    both, first, last = map(
        set, tab.evaluate(ASK, ["异步星云", "异步", "星云"])
    )
    assert last - first
    assert both == first | last


def test_a_term_that_is_not_used_leads_to_the_agreed_one(site, tab):
    """Type it in the search box."""
    tab.goto(f"{site.url}preface/")
    tab.click(".md-search__input")
    tab.keyboard.type("自动微分")
    tab.keyboard.press("End")
    link = tab.locator("a.md-search-result__link").first
    link.wait_for()
    rows = dict(explained(site, ""))
    assert link.get_attribute("href").split("?")[0].endswith(rows["自动微分"])
