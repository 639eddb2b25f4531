"""What a page says of itself to others: a description, and a picture.

Who shows a link to a page shows a picture beside it, and takes no SVG. So the
first figure of each page is drawn as PNG, once for both languages; a page
without a figure has the line of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import resvg_py
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

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
    if faults := list(unsaid(html, page.meta, path)):
        raise PluginError("\n".join(map(str, faults)))
    return html


def unsaid(html: str, meta: Mapping, path: Path) -> Iterator[Fault]:
    """Yield what a page does not say of itself, or of one of its pictures."""
    for name in ("title", "description"):
        if not str(meta.get(name) or "").strip():
            mend = f"Begin the page with ---, {name}: …, ---."
            yield Fault(path, 1, f"this page has no {name}", mend)
    for image in images(html):
        if not image["alt"].strip():
            yield mute(image, path)


def on_page_context(
    context: dict, page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Give a page its picture; the Chinese one draws it for both."""
    figures = (e for e in images(page.content) if FIGURE.search(e["src"]))
    figure = next(figures, BOOK)
    place = f"assets/pictures/{Path(page.file.src_uri).stem}.png"
    context["picture"] = {"place": place, "alt": unescape(figure["alt"])}
    if config.theme["language"] == "zh":
        write_file(picture(figure["src"]), str(Path(config.site_dir, place)))


def images(html: str) -> Iterator[dict[str, str]]:
    """Yield what each image of a page says and where it is."""
    for tag in IMAGE.findall(html):
        yield {"alt": "", "src": ""} | dict(ATTRIBUTE.findall(tag))


def mute(image: dict[str, str], path: Path) -> Fault:
    """Return the fault of an image without an alternative text."""
    is_inline = image["src"].startswith("data:")
    name = "image/png" if is_inline else Path(image["src"]).name
    return Fault(
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
    options = {"width": 1200, "background": "white", "skip_system_fonts": True}
    svg = CANVAS.format(drawing)
    return recall(
        ("picture", name),
        drawing,
        lambda: bytes(resvg_py.svg_to_bytes(svg, **options)),
    )
