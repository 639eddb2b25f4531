"""What a reader depends on, in each kind of browser that Playwright has.

Where BROWSERS names one, it has to be there: `BROWSERS="firefox webkit"`.
"""

import os
import re

import pytest
from playwright.sync_api import Error


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def engine(request, player):
    """A browser of each kind."""
    kind = request.param
    if kind == "chromium":  # the one of all other tests
        yield request.getfixturevalue("browser")
        return
    try:
        browser = getattr(player, kind).launch()
    except Error as error:
        if "Executable doesn't exist" not in error.message:
            raise
        missing = f"Playwright has no {kind} here: `playwright install {kind}`"
        is_wanted = kind in os.environ.get("BROWSERS", "").split()
        (pytest.fail if is_wanted else pytest.skip)(missing)
    yield browser
    browser.close()


@pytest.fixture(params=["", "en/"], ids=["zh", "en"])
def home(request):
    return request.param


@pytest.fixture(scope="module")
def one_tab(engine, site):
    """The tab of an engine: a new one for each test takes twice as long."""
    with engine.new_context(base_url=site.url) as context:
        yield context.new_page()


@pytest.fixture
def tab(one_tab):
    yield one_tab
    one_tab.goto("about:blank")
    one_tab.set_viewport_size({"width": 1280, "height": 720})


def pasted(tab):
    """Return what was copied, as a reader pastes it."""
    tab.evaluate("document.body.prepend(document.createElement('textarea'))")
    box = tab.locator("body > textarea")
    box.focus()
    tab.keyboard.press("ControlOrMeta+V")
    return box.input_value()


def test_formulas_are_in_place_on_a_phone(tab, site, shown, home):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{home}gradient_descent/")
    seen = tab.evaluate(shown)
    count = len(site.page(f"{home}gradient_descent").select(".arithmatex"))
    assert (seen["formulas"], seen["empty"], seen["unstyled"]) == (
        count,
        [],
        0,
    )
    assert seen["width"] <= 390  # less by a bar that scrolls
    drawing = tab.locator("div.arithmatex > svg").first.bounding_box()
    assert 0 <= drawing["x"] < 390
    assert 10 < drawing["height"] < 200


@pytest.mark.parametrize("kind", ["[data-copy]", ":not([data-copy])"])
def test_code_is_copied(tab, kind):
    tab.goto("en/linear_regression/")
    block = tab.locator(f".highlight.language-python{kind}").first
    block.locator(".md-code__button").first.click()
    code = (
        block.get_attribute("data-copy") or block.locator("code").inner_text()
    )
    assert pasted(tab).strip() == code.strip()


def test_a_formula_is_copied_as_its_tex(tab):
    tab.goto("en/lab/")
    tab.evaluate(
        "getSelection().selectAllChildren("
        "document.querySelector('.arithmatex').parentElement)"
    )
    tab.keyboard.press("ControlOrMeta+C")
    assert "is the line $z = w x + b$." in pasted(tab)


def test_a_search_leads_to_a_chapter(tab, site, home):
    tab.goto(f"{home}preface/")
    tab.click(".md-search__input")
    tab.keyboard.type("learning rate" if home else "学习率")
    tab.keyboard.press("End")  # the theme listens to keys, not to the text
    tab.locator("a.md-search-result__link").first.click()
    chapter = re.compile(f"{re.escape(site.url + home)}gradient_descent/.*")
    tab.wait_for_url(chapter)


def test_the_switcher_keeps_page_and_place_by_keyboard(tab, site):
    tab.goto("gradient_descent/#scratch")
    for language, folder in (("en", "en/"), ("zh", "")):
        tab.focus(".md-select button")
        tab.focus(f"a.md-select__link[hreflang={language}]")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{site.url}{folder}gradient_descent/#scratch")
    assert tab.locator("#scratch").is_visible()
