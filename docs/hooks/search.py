"""A search for a term leads first to where the book explains it.

The glossary says where that is. Its words go into a field of the search
index that readers do not see and that counts for more than all others: the
term in both languages, and the names that are not used for it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import jieba
from bs4 import BeautifulSoup
from material.plugins.search.plugin import SearchIndex
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

log = logging.getLogger(f"mkdocs.hooks.{Path(__file__).stem}")

WORDS = Path(__file__).resolve().parents[1] / "words.txt"
GLOSSARY = "glossary.md"
UNREAD = re.compile(r"<(style|script)\b.*?</\1>|</?span\b[^>]*>", re.DOTALL)
FIELD, BOOST = "terms", 1000  # a title's boost is 20, and a text's 1
BETWEEN = re.compile(r"\s*[,，、;；]\s*")
APART = re.compile(r"[\s-]+")
WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js$")
# How the theme's worker tries each part of a Chinese query in the index.
PARTS = re.compile(
    r"(?P<before>(\w+)=\w+\+1;\2<)(?==?(\w+)\.length;\2\+\+\)\3\.slice\()"
)


class Index(SearchIndex):
    """An index of what was noted of each page when it was rendered."""

    def __init__(self, files: Files, config: dict) -> None:
        super().__init__(**config)
        self.files = files

    def add_entry_from_context(self, page: Page) -> None:
        """Leave it to the end."""

    def generate_search_index(self, prev: object) -> str:
        """Return what is noted of all pages by now, and the glossary's words.

        Where there is no glossary, MkDocs tells that the nav leads nowhere.
        """
        pages = (file.page for file in self.files.documentation_pages())
        self.entries = [entry for page in pages for entry in page.entries]
        index = json.loads(super().generate_search_index(None))
        if glossary := self.files.get_file_from_path(GLOSSARY):
            index = with_terms(index, glossary.page.terms)
        return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def on_nav(nav: object, config: MkDocsConfig, files: Files) -> None:
    """Index what is noted."""
    plugin = config.plugins["material/search"]
    plugin.search_index = Index(files, plugin.config)


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object):
    """Note what the search is to know of a page.

    The search reads tag by tag, and code has a tag for each word: it is given
    words alone, not what colours code, nor styles.
    """
    read_words()
    index = SearchIndex(**config.plugins["material/search"].config)
    page.content = UNREAD.sub("", html)
    index.add_entry_from_context(page)
    page.entries = index.entries
    is_glossary = page.file.src_uri == GLOSSARY
    page.terms = list(rows(page.content)) if is_glossary else []
    return html


def on_serve(server: object, **_: object) -> None:
    """Read the words before the first save has to wait for them."""
    read_words()


def read_words() -> None:
    """Let jieba read its words and ours, which takes most of a second."""
    if not jieba.dt.initialized:
        jieba.setLogLevel(logging.WARNING)
        jieba.load_userdict(str(WORDS))


def on_files(files: Files, **_: object) -> None:
    """Mend the worker that reads the index."""
    for file in files:
        if WORKER.match(file.src_uri):
            file.content_string, count = with_whole_words(file.content_string)
            if count != 1:
                log.warning(
                    "The theme's search has changed: see how it cuts a "
                    "Chinese query into words, and mend PARTS in "
                    "docs/hooks/search.py."
                )


def with_terms(index: dict, terms: list[tuple[str, list[str]]]) -> dict:
    """Return the index with the glossary's words where each row leads."""
    sections = {section["location"]: section for section in index["docs"]}
    parts = {
        part
        for _, words in terms
        for word in words
        for part in APART.split(word.lower())
    }
    for place, words in terms:
        page = place.partition("#")[0]
        if section := sections.get(place) or sections.get(page):
            for word in words:
                section.setdefault(FIELD, []).extend(weighted(word, parts))
    index["config"]["fields"][FIELD] = {"boost": BOOST}
    return index


def rows(glossary: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the place that a row leads to, and its words."""
    for row in BeautifulSoup(glossary, "html.parser").select("tr:has(a)"):
        zh, en, *_, others, see = row("td")
        words = [
            *BETWEEN.split(others.get_text()),
            zh.get_text(),
            en.get_text(),
        ]
        words = [word for word in words if word not in ("", "–")]
        yield see.a["href"].removeprefix("../"), words


def weighted(word: str, parts: set[str]) -> list[str]:
    """Return a word as often as it counts among the parts of all words.

    A search looks for each part of a query, and for all that begins with it:
    one for 'loss' finds 'loss function', and one for 特征 finds 特征值. So
    what has one part stands thrice; and each stands with three words made of
    it for each longer part, so that 'known data' wins over 'dataset'.
    """
    starts = APART.split(word.lower())
    longer = [
        start
        for start in starts
        for part in parts
        if part.startswith(start) and part != start
    ]
    times = 1 if len(starts) > 1 else 3
    made = [f"{start}{number}" for number, start in enumerate(3 * longer)]
    return [word] * times + made


def with_whole_words(worker: str) -> tuple[str, int]:
    """Return the worker's code, mended, and in how many places.

    It cuts a Chinese query into the words that the index holds, but never
    tries a part that reaches the query's end: of 偏导数 it would look for
    偏 alone, and of 损失曲线 for 损失.
    """
    return PARTS.subn(r"\g<before>=", worker)
