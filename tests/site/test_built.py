"""What is true of the built files, whatever reads them."""

import json
import os
import re
import shutil
import subprocess
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import NavigableString
from PIL import Image

RAW = re.compile(r"\$|\\\(|\\\[|--8<--|<!--")
LOADS = {"img": "src", "link": "href", "script": "src", "source": "src"}
# A browser follows these to another page only when a reader clicks.
POINTS = ("alternate", "canonical", "next", "prev")
NO_PROSE = {"pre", "code", "script", "style"}
HEADINGS = ["h1", "h2", "h3", "h4"]


def other(path):
    """Return the path of a page in the other language."""
    return path[3:] if path.startswith("en/") else f"en/{path}"


def prose(node):
    """Yield the texts that a reader reads of a node, without code."""
    for child in node.children:
        if type(child) is NavigableString:  # and no comment
            yield child
        elif child.name and child.name not in NO_PROSE:
            yield from prose(child)


def index(site, folder):
    """Return the search index of a language."""
    return json.loads(site.read(f"{folder}search/search_index.json"))


def test_site_is_built_without_a_warning(built):
    if built.failed or "WARNING" in built.log:
        pytest.fail(f"mkdocs build --strict\n{built.log}", pytrace=False)


def test_every_page_is_valid_html(site):
    jar = os.environ.get("VNU_JAR", "")
    if not shutil.which("java") or not os.path.isfile(jar):
        pytest.skip(
            "needs Java and the Nu HTML checker: npm install vnu-jar in some "
            "folder, and its vnu.jar as VNU_JAR"
        )
    options = ["--skip-non-html", "--errors-only", "--format", "gnu"]
    done = subprocess.run(
        ["java", "-jar", jar, *options, site.folder],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr.splitlines() == []


def test_markdown_is_rendered(site, path):
    assert not RAW.findall("".join(prose(site.page(path).article)))
    assert "<!--" not in site.read(path).partition("<article")[2]


def test_no_block_of_code_has_a_hole(site, path):
    for block in site.page(path).select(".highlight"):
        for code in (block.code.get_text(), block.get("data-copy", "")):
            assert "\n\n\n\n" not in code
            assert not code.startswith("\n")


def test_title_and_description_are_the_page_s_own(site, path):
    page = site.page(path)
    description = page.find("meta", {"name": "description"})
    assert page.title.string.strip()
    assert description["content"].strip()


def test_a_page_tells_others_what_to_show_of_it(site, path):
    page = site.page(path)
    told = {
        tag["property"]: tag["content"]
        for tag in page.find_all("meta", property=True)
    }
    description = page.find("meta", {"name": "description"})
    assert told["og:url"] == site.url + path
    assert told["og:description"] == description["content"]
    assert told["og:title"] in page.article.h1.get_text()
    assert told["og:locale"] != told["og:locale:alternate"]


def test_a_page_tells_others_of_its_own_first_figure(site, path):
    page = site.page(path)
    image = page.find("meta", property="og:image")["content"]
    alt = page.find("meta", property="og:image:alt")["content"]
    png = Image.open(site.folder / image.removeprefix(site.url))
    assert (png.format, png.size) == ("PNG", (1200, 630))
    assert len(png.convert("L").getcolors()) > 20  # something is drawn
    figure = page.select_one("figure img")
    assert alt == figure["alt"] if figure else alt


@pytest.mark.parametrize("folder", ["", "en/"])
def test_no_two_pages_share_a_title_or_description(site, folder, places):
    pages = [site.page(f"{folder}{place}") for place in places]
    titles = [page.title.string for page in pages]
    descriptions = [
        page.find("meta", {"name": "description"})["content"] for page in pages
    ]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_page_names_its_language_and_its_counterpart(site, path):
    page = site.page(path)
    home = path.removeprefix("en/")
    assert page.html["lang"] == ("en" if path.startswith("en/") else "zh")
    assert page.find("link", rel="canonical")["href"] == site.url + path
    links = page.find_all("link", hreflang=True)
    assert {link["hreflang"]: link["href"] for link in links} == {
        "zh": site.url + home,
        "en": f"{site.url}en/{home}",
        "x-default": site.url + home,
    }


def test_switcher_leads_to_the_counterpart(site, path):
    here = site.url + path
    links = {
        urljoin(here, link["href"])
        for link in site.page(path).select("a.md-select__link")
    }
    assert links == {here, site.url + other(path)}


def test_links_lead_somewhere(site, path):
    here = site.url + path
    for link in site.page(path).select("a[href]"):
        target, anchor = urldefrag(urljoin(here, link["href"]))
        if not target.startswith(site.url):
            continue
        file = site.folder / unquote(target.removeprefix(site.url))
        assert file.exists(), link
        if anchor and not target.endswith(".py"):
            ids = site.ids(target.removeprefix(site.url))
            assert unquote(anchor) in ids, link


def test_everything_that_is_loaded_is_there_and_ours(site, path):
    here = site.url + path
    for tag in site.page(path).find_all(list(LOADS)):
        source = tag.get(LOADS[tag.name])
        if not source or {*tag.get("rel", [])} & {*POINTS}:
            continue
        if urlsplit(source).scheme == "data":
            continue
        address = urldefrag(urljoin(here, source))[0]
        assert address.startswith(site.url), tag
        assert (site.folder / address.removeprefix(site.url)).is_file(), tag


def test_no_stylesheet_loads_from_elsewhere(site):
    sheets = [
        *site.folder.rglob("*.css"),
        *site.folder.rglob("*.html"),
        *site.folder.rglob("*.svg"),
    ]
    outside = re.compile(r"(?:@import\s+|url\()\s*[\"']?(?:https?:)?//")
    assert [s for s in sheets if outside.search(s.read_text("utf-8"))] == []


def test_headings_have_the_same_ids_in_both_languages(site, place):
    ids = [
        [
            (heading.name, heading["id"])
            for heading in site.page(page).article.find_all(HEADINGS)
        ]
        for page in (place, f"en/{place}")
    ]
    assert ids[0] == ids[1]


def test_code_is_the_same_in_both_languages(site, place):
    blocks = [
        [code.get_text() for code in site.page(page).select("pre > code")]
        for page in (place, f"en/{place}")
    ]
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize("folder", ["", "en/"])
def test_sitemap_names_the_pages_of_its_language(site, folder, places):
    sitemap = site.read(f"{folder}sitemap.xml")
    assert sorted(re.findall("<loc>(.*?)</loc>", sitemap)) == sorted(
        site.url + folder + place for place in places
    )
    for place in places:
        for home in ("", "en/"):
            assert f'href="{site.url}{home}{place}"' in sitemap


def test_index_holds_the_pages_of_its_language_alone(site):
    chinese, english = index(site, ""), index(site, "en/")
    assert [entry["location"] for entry in chinese["docs"]] == [
        entry["location"] for entry in english["docs"]
    ]
    han = re.compile("[\u4e00-\u9fff]")
    without = [d for d in chinese["docs"] if not han.search(str(d.values()))]
    assert len(without) < len(chinese["docs"]) / 2
    assert not han.search(english["docs"][0]["title"])


def test_chinese_index_is_segmented(site):
    words = re.split(
        r"[\s\u200b]+", json.dumps(index(site, ""), ensure_ascii=False)
    )
    assert {"梯度", "下降", "学习"} <= set(words)


def test_index_holds_formulas_and_no_directive(site):
    for folder in ("", "en/"):
        text = site.read(f"{folder}search/search_index.json")
        assert r"\\(z = w x + b\\)" in text
        for sign in ("<!--", "<svg", "<math", "viewBox"):
            assert sign not in text


def test_no_mathjax_reaches_the_browser(site, path):
    assert "mathjax" not in str(site.page(path).find_all("script")).lower()


def test_figures_have_a_size_before_they_are_there(site, path):
    for image in site.page(path).select("figure img"):
        assert int(image["width"]) > 0
        assert int(image["height"]) > 0


def test_programs_are_there_to_download(site, root):
    for path in (root / "snippets").rglob("*.py"):
        copy = site.folder / path.relative_to(root)
        assert copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_notebook_is_there_to_download(site, root, language):
    path = "lab/" if language == "zh" else "en/lab/"
    (link,) = site.page(path).select("a[download]")
    copy = site.folder / path / link["href"]
    assert (
        copy.read_bytes()
        == (root / "docs" / language / "lab.ipynb").read_bytes()
    )


def test_what_is_shared_stands_on_the_site_once(site):
    for name in ("snippets", "tests", "assets/figures"):
        assert (site.folder / name).is_dir()
        assert not (site.folder / "en" / name).exists()


def test_each_language_has_a_404_page(site):
    for folder, title in (("", "找不到这一页"), ("en/", "Page not found")):
        page = site.page(f"{folder}404.html")
        assert page.article.h1.string == title
        targets = {
            urljoin(site.url + folder, link["href"])
            for link in page.article.select("a")
        }
        assert targets == {site.url, f"{site.url}en/"}
