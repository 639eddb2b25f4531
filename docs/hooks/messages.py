"""MkDocs' warnings of broken links and navigation name a file and a line."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from page import line_of

PAGES = "mkdocs.structure.pages"
NAV = "mkdocs.structure.nav"
LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains .*?'(?P<link>[^']+)'")
ENTRY = re.compile(r"A reference to '(?P<page>[^']+)'")


def on_pre_build(config: MkDocsConfig) -> None:
    """Rewrite what is said of a page or of the nav of this language."""

    def located(record: logging.LogRecord) -> bool:
        docs = Path(config.docs_dir)
        record.msg, record.args = locate(record.getMessage(), docs), ()
        return True

    for name in (PAGES, NAV):
        logging.getLogger(name).filters = [located]


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
