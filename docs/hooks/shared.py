"""What both languages share is published once, beside the Chinese pages.

A page names an image `../assets/…` and a program `../../snippets/…`: the
paths that are right in the repository. Here they get their place on the
site. So does what `make book` has made, in the language that is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from os.path import relpath
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

ROOT = Path(__file__).resolve().parents[2]
# Stands for the Chinese site in links from English pages: MkDocs knows no
# file above the site that it is building.
ABOVE = "__above__"
BOOK = ROOT / "build/book"
PROGRAMS = {".csv", ".gz", ".json", ".py", ".toml"}


def on_config(config: MkDocsConfig) -> None:
    """Make the page that is printed where a site is built for the book."""
    if not config.use_directory_urls:
        config.theme.static_templates.add("book.html")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Make everything that is shared known to MkDocs."""
    language = Path(config.docs_dir).name
    for path, place in shared_files():
        file = File.generated(
            config,
            relpath(path, config.docs_dir),  # as a page there names it
            abs_src_path=str(path),
            inclusion=InclusionLevel.INCLUDED,
        )
        file.dest_uri = place if language == "zh" else f"{ABOVE}/{place}"
        if language != "zh":  # it is there
            file.copy_file = lambda dirty=False: None
        files.append(file)
    config.extra["books"] = books(language)
    return files


def books(language: str) -> list[tuple[str, float]]:
    """Return where the books of a language are on the site, and their MB."""
    return [
        (f"book/{path.name}", path.stat().st_size / 1e6)
        for path in sorted(BOOK.glob(f"*.{language}.*"))
    ]


def below(output: str, **_: object) -> str:
    """Let links from English pages lead up to the Chinese site."""
    return output.replace(f"{ABOVE}/", "../")


on_post_page = on_post_template = below


def shared_files() -> Iterator[tuple[Path, str]]:
    """Yield each shared file and its place on the site."""
    for path in sorted((ROOT / "docs/assets").rglob("*.*")):
        yield path, path.relative_to(ROOT / "docs").as_posix()
    for folder in ("snippets", "tests"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.suffix in PROGRAMS:
                yield path, path.relative_to(ROOT).as_posix()
    for path in sorted(BOOK.glob("*.*")):
        yield path, f"book/{path.name}"
