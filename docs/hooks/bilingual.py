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
        config.nav = translate(config.nav, config.extra["sections"])
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """Build the English site when the Chinese one stands."""
    if language(config) == "zh":
        build_english(config)


def build_english(config: MkDocsConfig) -> None:
    """Build the English site into the Chinese one."""
    english = load_config(
        str(DOCS.parent / "mkdocs.en.yml"),
        site_dir=str(Path(config.site_dir, "en")),
        site_url=config.site_url,
        strict=config.strict,
    )
    # MkDocs tells plugins alone whether what stands is kept.
    build(english, dirty=config.plugins["material/search"].is_dirty)


def translate(nav: object, names: dict[str, str]) -> object:
    """Return the nav with its sections' names translated."""
    if isinstance(nav, list):
        return [translate(item, names) for item in nav]
    if isinstance(nav, dict):
        return {
            names.get(name, name): translate(item, names)
            for name, item in nav.items()
        }
    return nav
