"""What a reader's browser makes of the site."""

import functools
import io
import re
import time
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops


def found(tab):
    """Return the paths that a search has found, best first."""
    links = tab.locator("a.md-search-result__link")
    links.first.wait_for()
    hrefs = links.evaluate_all("links => links.map((link) => link.href)")
    return [urlsplit(href).path.strip("/") for href in hrefs]


def test_wide_equation_scrolls_by_keyboard(tab):
    tab.set_viewport_size({"width": 240, "height": 700})
    tab.goto("gradient_descent/")
    wide = tab.locator("div.arithmatex[tabindex='0']").first
    wide.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("document.activeElement.scrollLeft > 0")
    tab.set_viewport_size({"width": 1280, "height": 700})
    tab.wait_for_selector("div.arithmatex[tabindex]", state="detached")


# What has the focus and is not seen; it is where it has a ring, or is one of
# the header's. The search opens and closes by itself.
OUT_OF_SIGHT = """() => {
  const { activeElement: node } = document
  const { x, y, width, height } = node.getBoundingClientRect()
  const front = document.elementFromPoint(x + width / 2, y + height / 2)
  const ring = getComputedStyle(node).outlineStyle != "none"
  const isSeen = node == document.body || node.closest(".md-search")
    || (ring || node.closest("header"))
    && node.checkVisibility({ opacityProperty: true })
    && (node.contains(front) || front?.contains(node))
  return isSeen ? "" : node.outerHTML
}"""


@pytest.mark.parametrize("script", [True, False])
def test_the_place_of_the_keyboard_is_in_sight(request, script):
    tab = request.getfixturevalue("tab" if script else "scriptless")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto("en/gradient_descent/")
    for _ in range(75):
        tab.keyboard.press("Tab")
        # without scripts a tab cannot wait for a function
        until = time.monotonic() + 5
        while lost := tab.evaluate(OUT_OF_SIGHT):
            assert time.monotonic() < until, lost
            tab.wait_for_timeout(50)


@pytest.mark.parametrize("page", ["en/gradient_descent/", "en/lab/"])
def test_formulas_need_no_script(scriptless, page):
    scriptless.goto(page)
    heights = scriptless.locator(".arithmatex:visible > svg").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert len(heights) > 0
    assert min(heights) > 0


def test_height_of_code_is_known_before_it_is_drawn(tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto("backpropagation/")
    jumps = tab.evaluate(
        """() => [...document.querySelectorAll("pre[style]")]
          .filter((box) => box.checkVisibility())
          .map((box) => {
            const before = box.clientHeight
            box.style.contentVisibility = "visible"
            return [box.clientHeight - before, box.textContent]
          })"""
    )
    assert len(jumps) > 10
    assert [jump for jump in jumps if abs(jump[0]) > 1] == []


def test_search_is_loaded_when_it_is_opened(tab, asked):
    tab.goto("en/preface/", wait_until="networkidle")
    assert not any("search" in url for url in asked)
    with tab.expect_response("**/search_index.json"):
        tab.click(".md-search__input")


def test_switcher_keeps_page_and_place(site, tab):
    tab.goto("en/notation/")
    tab.click(".md-nav--primary a[href$='gradient_descent/']")
    tab.wait_for_url(f"{site.url}en/gradient_descent/")
    tab.click(".md-sidebar--secondary a[href$='#scratch']")
    tab.wait_for_url("**/#scratch")
    for language, home in (("zh", ""), ("en", "en/")):
        tab.hover(".md-select")
        tab.click(f"a.md-select__link[hreflang={language}]")
        tab.wait_for_url(f"{site.url}{home}gradient_descent/#scratch")
        assert tab.locator("#scratch").is_visible()


@pytest.fixture(scope="module")
def searching(context):
    """A function that gives the tab in which a language is searched."""

    @functools.cache  # its index is made once
    def opened(folder):
        tab = context.new_page()
        tab.goto(f"{folder}preface/")
        tab.click(".md-search__input")
        return tab

    def searching(folder):
        tab = opened(folder)
        tab.bring_to_front()  # others draw no frames
        return tab

    yield searching
    for folder in ("", "en/"):
        opened(folder).close()


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
def test_search_finds(site, searching, places, query, chapter):
    folder = "en/" if query.isascii() else ""
    tab = searching(folder)
    tab.fill(".md-search__input", "")
    tab.keyboard.press("End")  # the theme listens to keys, not to the text
    tab.locator("a.md-search-result__link").first.wait_for(state="detached")
    tab.keyboard.type(query)
    tab.keyboard.press("End")
    paths = found(tab)
    holders = {
        f"{folder}{place}".strip("/")
        for place in places
        if query in site.page(f"{folder}{place}").article.get_text().lower()
    }
    wanted = {f"{folder}{chapter}"} if chapter else holders
    assert wanted & holders & set(paths)


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
        tab.click(f"button[title={name}]")
    tab.hover(".md-select")
    tab.click("a.md-select__link[hreflang=en]")
    tab.wait_for_url("**/en/preface/")
    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_unknown_address_shows_the_404_page(site, tab):
    assert tab.goto("en/no/such/page/").status == 404
    refused = """performance.getEntriesByType("resource")
      .filter((each) => each.responseStatus >= 400).map((each) => each.name)"""
    assert tab.evaluate(refused) == []
    assert tab.locator("article h1").inner_text() == "找不到这一页"
    tab.click("article a:text('English')")
    tab.wait_for_url(f"{site.url}en/")


@pytest.mark.parametrize(
    ("page", "scheme", "width"),
    [
        ("", "light", 1280),
        ("gradient_descent/", "light", 1280),
        ("en/gradient_descent/", "dark", 1280),
        ("en/lab/", "dark", 1280),
        ("lab/", "light", 390),
        ("en/glossary/", "dark", 390),
    ],
)
def test_page_is_accessible(tab, audit, page, scheme, width):
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(page)
    assert [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in audit(tab, "html")
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ] == []


@pytest.mark.parametrize("page", ["gradient_descent/", "en/lab/", "glossary/"])
def test_what_is_printed_is_the_same_from_dark_and_light(tab, page):
    tab.emulate_media(color_scheme="light")
    tab.goto(page)
    printed = []
    for scheme, body in (("light", "default"), ("dark", "slate")):
        tab.emulate_media(color_scheme=scheme, media="screen")
        tab.wait_for_selector(f"body[data-md-color-scheme={body}]")
        tab.emulate_media(color_scheme=scheme, media="print")
        shot = tab.screenshot(full_page=True, animations="disabled")
        printed.append(Image.open(io.BytesIO(shot)).convert("RGB"))
    assert printed[0].size == printed[1].size
    # Rounded corners differ by a few levels of 256.
    extrema = ImageChops.difference(*printed).getextrema()
    assert max(most for _, most in extrema) < 16


@pytest.mark.parametrize("page", ["glossary/", "en/frameworks/"])
def test_a_table_with_sentences_does_not_scroll_on_a_phone(tab, page):
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(page)
    tables = tab.locator(".md-typeset__scrollwrap:has(th.sentences)")
    assert tables.count()
    for table in tables.all():
        assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
    first = tables.first.locator("td:nth-child(2)").first
    assert first.get_attribute("data-label") in first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
