"""What `make book` has made is offered at the foot of each page."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "build/book"
NAME = "deep-learning-line-by-line"
HOMES = {"zh": "", "en": "en/"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the book in the language that is built, where it is made."""
    offers = config.extra["book"] = {}
    for kind in ("pdf", "zip"):
        path = BOOK / f"{NAME}.{Path(config.docs_dir).name}.{kind}"
        if path.is_file() and config.use_directory_urls:
            file = File(
                f"{BOOK.name}/{path.name}",
                src_dir=str(BOOK.parent),
                dest_dir=config.site_dir,
                use_directory_urls=True,
                inclusion=InclusionLevel.INCLUDED,
            )
            files.append(file)
            offers[kind] = file.url, path.stat().st_size / 1e6
    return files


def on_page_context(
    context: dict, page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Let a page of the archive name no address: it has another on the web."""
    if not config.use_directory_urls:
        page.canonical_url = None
