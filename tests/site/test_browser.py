"""What a reader's browser makes of the site."""

import re
from urllib.parse import urlsplit

import pytest


def formulas(page):
    """Count the formulas that a built page holds."""
    return len(page.select(".arithmatex"))


def found(tab):
    """Return the paths that a search has found, best first."""
    links = tab.locator("a.md-search-result__link")
    links.first.wait_for()
    hrefs = [link.get_attribute("href") for link in links.all()]
    return [urlsplit(href).path.strip("/") for href in hrefs]


@pytest.mark.parametrize("folder", ["", "en/"])
def test_formulas_are_set_after_instant_navigation(
    site, tab, ready, shown, folder
):
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(f"{folder}notation/")
    ready(tab)
    tab.evaluate("window.isTheSameDocument = true")
    tab.click(".md-nav--primary a[href$='gradient_descent/']")
    tab.wait_for_url("**/gradient_descent/")
    tab.wait_for_function(
        "document.querySelector('#gradient_descent') && "
        "!document.querySelector('.arithmatex:not(:has(mjx-container))')"
    )
    assert tab.evaluate("window.isTheSameDocument")
    after = tab.evaluate(shown)
    assert after["formulas"] == formulas(
        site.page(f"{folder}gradient_descent")
    )
    assert (after["errors"], after["flat"], after["unstyled"]) == ([], 0, 0)
    assert complaints == []


def test_wide_equation_scrolls_by_keyboard(tab, ready):
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto("gradient_descent/")
    ready(tab)
    wide = tab.locator("div.arithmatex[tabindex='0']").first
    wide.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("document.activeElement.scrollLeft > 0")


def test_switcher_keeps_page_and_place(site, tab):
    tab.goto("gradient_descent/#scratch")
    tab.hover(".md-select")
    tab.click("a.md-select__link[hreflang=en]")
    tab.wait_for_url(f"{site.url}en/gradient_descent/#scratch")
    assert tab.locator("#scratch").is_visible()
    tab.hover(".md-select")
    tab.click("a.md-select__link[hreflang=zh]")
    tab.wait_for_url(f"{site.url}gradient_descent/#scratch")


def test_switcher_follows_instant_navigation(site, tab, ready):
    tab.goto("en/notation/")
    ready(tab)
    tab.click(".md-nav--primary a[href$='gradient_descent/']")
    tab.wait_for_url(f"{site.url}en/gradient_descent/")
    tab.click(".md-sidebar--secondary a[href$='#scratch']")
    tab.wait_for_url("**/#scratch")
    tab.hover(".md-select")
    tab.click("a.md-select__link[hreflang=zh]")
    tab.wait_for_url(f"{site.url}gradient_descent/#scratch")


@pytest.mark.parametrize(
    ("query", "chapter"),
    [
        ("梯度", "gradient_descent"),
        ("下降", "gradient_descent"),
        ("梯度下降", "gradient_descent"),
        ("学习率", "gradient_descent"),
        ("均方误差", "loss_functions"),
        ("learning", "gradient_descent"),
        ("decides", None),
    ],
)
def test_search_finds(site, tab, places, query, chapter):
    folder = "en/" if query.isascii() else ""
    tab.goto(f"{folder}preface/")
    tab.click(".md-search__input")
    tab.keyboard.type(query)
    tab.keyboard.press("End")  # the theme listens to keys, not to the text
    paths = found(tab)
    holders = {
        f"{folder}{place}".strip("/")
        for place in places
        if query in site.page(f"{folder}{place}").article.get_text().lower()
    }
    wanted = {f"{folder}{chapter}"} if chapter else holders
    assert wanted & holders & set(paths)


def test_copy_button_copies_the_block(tab):
    tab.goto("en/linear_regression/")
    block = tab.locator(".highlight.language-python").first
    block.locator(".md-code__button").first.click()
    copied = tab.evaluate("navigator.clipboard.readText()")
    shown = block.locator("code").inner_text()
    assert (
        copied.strip() == (block.get_attribute("data-copy") or shown).strip()
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_follows_the_system_s_scheme(tab, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto("preface/")
    colour = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    bright = sum(map(int, re.findall(r"\d+", colour)[:3])) > 3 * 128
    assert bright == (scheme == "light")


def test_chosen_scheme_stays_in_the_other_language(tab):
    tab.emulate_media(color_scheme="light")
    tab.goto("preface/")
    for name in ("改用浅色", "改用深色"):
        tab.click(f"label[title={name}]")
    tab.hover(".md-select")
    tab.click("a.md-select__link[hreflang=en]")
    tab.wait_for_url("**/en/preface/")
    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_unknown_address_shows_the_404_page(site, tab):
    refused = []
    tab.on(
        "response",
        lambda response: response.status < 400 or refused.append(response.url),
    )
    tab.goto("en/no/such/page/")
    assert tab.locator("article h1").inner_text() == "找不到这一页"
    tab.click("article a:text('English')")
    tab.wait_for_url(f"{site.url}en/")
    assert refused == [f"{site.url}en/no/such/page/"]


@pytest.mark.parametrize(
    ("page", "scheme"),
    [
        ("", "light"),
        ("gradient_descent/", "light"),
        ("en/gradient_descent/", "dark"),
        ("en/lab/", "dark"),
    ],
)
def test_page_is_accessible(tab, ready, root, page, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(page)
    ready(tab)
    tab.add_script_tag(path=root / "node_modules/axe-core/axe.min.js")
    # What MathJax draws is hidden from screen readers: they get MathML.
    violations = tab.evaluate(
        "axe.run({exclude: [['mjx-math']]}).then((found) => found.violations)"
    )
    assert [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ] == []
