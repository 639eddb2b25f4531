"""Whether pictures are described, are there and have a place on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import page
from page import Fault, Page
from verify import figures, prose
from verify.project import LANGUAGES, ROOT, pages

IMAGE = re.compile(r"!\[(?P<words>[^\]\n]*)\]\((?P<target>[^()\s]+)[^()]*\)")


def faults(read: Page) -> Iterator[Fault]:
    """Yield a page's pictures that are not there or not described."""
    for line, words, target in images(read):
        if not words.strip():
            what = f"{target} has no alternative text"
            mend = "Say between ![ and ] what is seen."
            yield Fault(read.path, line, what, mend)
        if "://" not in target and not (read.path.parent / target).is_file():
            yield Fault(
                read.path,
                line,
                f"shows {target}, which is not there",
                "Write ../assets/figures/<stem>/<name>.svg, and draw it with "
                "make update PAGE=<stem>.",
            )


def unseen(root: Path = ROOT) -> Iterator[Fault]:
    """Yield the figures that no page of a language shows."""
    for language in LANGUAGES:
        places = {
            (path.parent / target).resolve()
            for path in pages(language, root)
            if "](../assets" in path.read_text("utf-8")
            for _, _, target in images(page.read(path))
        }
        for stem, name in figures.files(root):
            file = figures.path(stem, name, root)
            if file not in places:
                yield Fault(
                    file,
                    1,
                    f"no page in docs/{language} shows this figure",
                    "Show it in both languages, or delete its function and "
                    "the file.",
                )


def images(read: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the words and the target of each picture of a page."""
    text = prose.without(prose.sentences(read), prose.COMMENT, prose.CODE)
    for image in IMAGE.finditer(text):
        line = prose.line_of(read, image.start())
        yield line, image["words"], image["target"]
