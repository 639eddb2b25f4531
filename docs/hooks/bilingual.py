"""Two languages, one build: the English site is built into the Chinese one.

`mkdocs build` and `mkdocs serve` read mkdocs.yml, the Chinese site. When it
stands, mkdocs.en.yml is built into its folder `en`.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

DOCS = Path(__file__).resolve().parents[1]


def language(config: MkDocsConfig) -> str:
    """Return the language that is being built: the name of docs_dir."""
    return Path(config.docs_dir).name


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point the English site at its own address and at what is shared."""
    home = config.site_url or ""
    config.extra["home"] = home
    config.extra["root"] = ""
    if language(config) == "en":
        config.site_url = home and urljoin(home, "en/")
        config.extra["root"] = "../"
        for files in (config.extra_css, config.extra_javascript):
            files[:] = [f"../{file}" for file in files]
        for image in ("logo", "favicon"):
            config.theme[image] = f"../{config.theme[image]}"
    return config


def on_nav(nav: Navigation, config: MkDocsConfig, **_: object) -> None:
    """Give the sections their names in this language."""
    names = config.extra.get("sections", {})
    for item in nav:
        if item.is_section:
            item.title = names.get(item.title, item.title)


def on_post_build(config: MkDocsConfig) -> None:
    """Build the English site into the Chinese one, when that stands."""
    if language(config) == "zh":
        english = load_config(
            str(DOCS.parent / "mkdocs.en.yml"),
            site_dir=str(Path(config.site_dir, "en")),
            site_url=config.site_url,
            strict=config.strict,
        )
        # MkDocs tells plugins alone whether what stands is kept.
        build(english, dirty=config.plugins["material/search"].is_dirty)
