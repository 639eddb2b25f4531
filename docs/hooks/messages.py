"""MkDocs' warnings of broken links and navigation name a file and a line."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from page import line_of

PAGES = "mkdocs.structure.pages"
NAV = "mkdocs.structure.nav"
NAME = "located"
LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains .*?'(?P<link>[^']+)'")
ENTRY = re.compile(r"A reference to '(?P<page>[^']+)'")


class Located(logging.Filter):
    """Put the place of the mistake in front of each warning."""

    def __init__(self, docs: Path) -> None:
        super().__init__(NAME)
        self.docs = docs

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message; let every record pass."""
        record.msg = locate(record.getMessage(), self.docs)
        record.args = ()
        return True


def on_pre_build(config: MkDocsConfig) -> None:
    """Listen to the modules that speak of a page or of the nav."""
    for name in (PAGES, NAV):
        logger = logging.getLogger(name)
        logger.filters = [f for f in logger.filters if f.name != NAME]
        logger.addFilter(Located(Path(config.docs_dir)))


def locate(message: str, docs: Path) -> str:
    """Return a warning of MkDocs with its place and what to do."""
    root = docs.parents[1]
    tree = docs.relative_to(root)
    if found := LINK.match(message):
        page, link = found.group("page", "link")
        where = f"{tree / page}:{line_of(link, docs / page)}"
        what = message.removeprefix(f"Doc file '{page}' ")
        return f"{where}: {what} Mend the link, or write what it names."
    if found := ENTRY.match(message):
        page = found["page"]
        line = line_of(page, root / "mkdocs.yml")
        return (
            f"mkdocs.yml:{line}: the nav names {page}, which is not there; "
            f"write {tree / page}, or take the entry out."
        )
    if 'not included in the "nav"' in message:
        pages = ", ".join(re.findall(r"^  - (.+)$", message, re.MULTILINE))
        return f"mkdocs.yml: the nav lacks {pages} of {tree}; add it there."
    return message
