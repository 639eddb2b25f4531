"""Whether the search leads to where the book explains what is sought."""

import functools
import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

ASK = (Path(__file__).parent / "search.js").read_text("utf-8")
WORDS = "异步星云", "异步", "星云"


@pytest.fixture(params=["", "en/"], ids=["zh", "en"])
def folder(request):
    """The folder of a language."""
    return request.param


@pytest.fixture(scope="module")
def found(site, one_tab):
    """A function that tells which pages a language's search finds, for each.

    The glossary's terms are sought, and two words besides: the index, which
    takes long, is made once for all.
    """

    @functools.cache
    def found(folder):
        queries = [*dict(explained(site, folder)), *WORDS]
        one_tab.goto(f"{site.url}{folder}preface/")
        return dict(zip(queries, one_tab.evaluate(ASK, queries), strict=True))

    return found


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


def test_each_term_leads_first_to_where_it_is_explained(site, folder, found):
    places = dict(explained(site, folder))
    assert len(places) > 80
    firsts = {term: found(folder)[term][:1] for term in places}
    assert firsts == {term: [place] for term, place in places.items()}


def test_a_search_for_two_chinese_words_looks_for_both(found):
    both, first, last = (set(found("")[query]) for query in WORDS)
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
