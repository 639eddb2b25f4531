"""Two languages, one build: the English site is built into the Chinese one.

`mkdocs build` and `mkdocs serve` read mkdocs.yml, the Chinese site. When it
stands, mkdocs.en.yml is built into its folder `en`.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from remembered import built

DOCS = Path(__file__).resolve().parents[1]
REPORT = DOCS.parent / "build"
TOOLS = DOCS / "hooks", DOCS / "words.txt"


def language(config: MkDocsConfig) -> str:
    """Return the language that is being built: the name of docs_dir."""
    return Path(config.docs_dir).name


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point the English site at its own address and at what is shared."""
    home = config.site_url or ""
    config.extra["home"] = home
    config.extra["root"] = ""
    if language(config) == "en":
        config.site_url = urljoin(home, "en/")
        config.extra["root"] = "../"
        for files in (config.extra_css, config.extra_javascript):
            files[:] = [f"../{file}" for file in files]
        for image in ("logo", "favicon"):
            config.theme[image] = f"../{config.theme[image]}"
        config.nav = translate(config.nav, config.extra["sections"])
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Keep the English site where nothing of it has changed."""
    if language(config) != "zh":
        return
    built["zh"] = sources("zh")
    english = Path(config.site_dir, "en")
    if built.get("en") == sources("en") and english.is_dir():
        english.rename(kept(config))


def on_post_build(config: MkDocsConfig) -> None:
    """Build the English site when the Chinese one stands."""
    if language(config) != "zh":
        return
    if kept(config).is_dir():
        kept(config).rename(Path(config.site_dir, "en"))
    else:
        build_english(config)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object):
    """Build the language that has changed; watch the report of a test run."""
    both, tools = server.builder, [times(*TOOLS)]

    def build_changed() -> None:
        built = sys.modules["remembered"].built
        if tools != [times(*TOOLS)]:
            tools[:] = [times(*TOOLS)]
            forget()
        elif built.get("zh") == sources("zh"):
            if built.get("en") != sources("en"):
                build_english(config)
            return
        both()

    server.builder = build_changed
    with contextlib.suppress(OSError):  # a folder that cannot be written
        REPORT.mkdir(exist_ok=True)
        server.watch(str(REPORT), recursive=False)


def build_english(config: MkDocsConfig) -> None:
    """Build the English site into the Chinese one."""
    built.pop("en", None)
    files = sources("en")
    english = load_config(
        str(DOCS.parent / "mkdocs.en.yml"),
        site_dir=str(Path(config.site_dir, "en")),
        site_url=config.site_url,
        strict=config.strict,
    )
    english.plugins.on_startup(command="build", dirty=False)
    build(english)
    english.plugins.on_shutdown()
    built["en"] = files


def kept(config: MkDocsConfig) -> Path:
    """Return where the English site is while the Chinese one is built."""
    return Path(config.site_dir).with_suffix(".en")


def sources(language: str) -> frozenset[tuple[Path, int]]:
    """Return the files that a language is built of, and when they changed."""
    other = DOCS / ("zh" if language == "en" else "en")
    places = ("docs", "snippets", "tests", "build/receipts.json")
    settings = DOCS.parent.glob("mkdocs*.yml")
    found = times(*settings, *(DOCS.parent / place for place in places))
    return frozenset(each for each in found if other not in each[0].parents)


def times(*places: Path) -> frozenset[tuple[Path, int]]:
    """Return the files in some places, and when they changed."""
    return frozenset(
        (path, path.stat().st_mtime_ns)
        for place in places
        for path in (place, *place.rglob("*.*"))
        if path.is_file() and "__pycache__" not in path.parts
    )


def forget() -> None:
    """Let the next build read hooks and words anew: MkDocs keeps them."""
    Hooks._load_hook.cache_clear()
    for name, module in [*sys.modules.items()]:
        file = getattr(module, "__file__", None)
        if file and Path(file).parent == Path(__file__).parent:
            del sys.modules[name]
    sys.modules["jieba"].dt.initialized = False


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
