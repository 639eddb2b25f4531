"""What a page says of itself to others: a description, and a picture.

Who shows a link to a page shows a picture beside it, and takes no SVG. So the
first figure of each page is drawn as PNG, once for both languages; a page
without a figure has the line of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import resvg_py
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from page import Fault, line_of
from remembered import recall

ROOT = Path(__file__).resolve().parents[2]
IMAGE = re.compile(r"<img\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(alt|src)="([^"]*)"')
FIGURE = re.compile("assets/figures/.*|^data:image/png")
BOOK = {"src": "assets/figures/linear_regression/line.svg", "alt": ""}
SIZE = re.compile(r'\b(?:width|height)="[^"]*" ')
PLACE = 'x="60" y="40" width="1080" height="550"'
CANVAS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">{}</svg>'
)


def on_page_content(html: str, page: Page, **_: object) -> str:
    """End the build where a page or a picture does not say what it is."""
    path = Path(page.file.abs_src_path)
    faults = list(mute(html, path))
    if not str(page.meta.get("description") or "").strip():
        what = "this page has no description"
        mend = "Say in a sentence what it is about: description: … below ---."
        faults.insert(0, Fault(path, 1, what, mend))
    if faults:
        raise PluginError("\n".join(map(str, faults)))
    return html


def on_page_context(
    context: dict, page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Give a page its picture; the Chinese one draws it for both."""
    found = map(attributes, IMAGE.findall(page.content))
    figure = next((each for each in found if FIGURE.search(each["src"])), BOOK)
    stem = Path(page.file.src_uri).stem
    place = f"assets/pictures/{stem}.png"
    context["picture"] = {"place": place, "alt": unescape(figure["alt"])}
    if config.theme["language"] == "zh":
        path = Path(config.site_dir, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture(figure["src"]))


def attributes(tag: str) -> dict[str, str]:
    """Return what an image says and where it is."""
    return {"alt": "", "src": ""} | dict(ATTRIBUTE.findall(tag))


def mute(html: str, path: Path) -> Iterator[Fault]:
    """Yield a fault for each image without an alternative text."""
    for each in map(attributes, IMAGE.findall(html)):
        if not each["alt"].strip():
            inline = each["src"].startswith("data:")
            name = "image/png" if inline else Path(each["src"]).name
            yield Fault(
                path,
                line_of(name, path),
                f"{name} has no alternative text",
                "Say between ![ and ] what is seen; of what a notebook draws, "
                'in the metadata of its cell, as "alt".',
            )


def picture(src: str) -> bytes:
    """Draw a figure on a white canvas of the size that others ask for."""
    name = FIGURE.search(src)[0]
    if src.startswith("data:"):
        drawing = f'<image {PLACE} href="{src}"/>'
    else:
        path = ROOT / "docs" / name
        # MkDocs tells of a figure that is not there.
        svg = path.read_text("utf-8") if path.is_file() else "<svg />"
        inside = SIZE.sub("", svg.partition("<svg ")[2], count=2)
        drawing = f"<svg {PLACE} {inside}"
    return recall(
        ("picture", name),
        drawing,
        lambda: bytes(
            resvg_py.svg_to_bytes(
                CANVAS.format(drawing),
                width=1200,
                background="white",
                skip_system_fonts=True,
            )
        ),
    )
