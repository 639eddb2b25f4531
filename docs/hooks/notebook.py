"""A notebook becomes a page like the others: it is rendered as Markdown.

mkdocs-jupyter finds the notebooks and gives them to download. Their headings
have the ids of their cells, since `## 训练 {#training}` would show in a
notebook, and their metadata tells what front matter would.
"""

from __future__ import annotations

import json
import re
import struct
from base64 import b64decode
from collections.abc import Iterator
from html import escape

from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

HEADING = re.compile("^#+ .+$", re.MULTILINE)


def on_page_markdown(markdown: str, page: Page, **_: object) -> str | None:
    """Return a notebook as Markdown, and let MkDocs render it."""
    if not page.file.src_uri.endswith(".ipynb"):
        return None
    text, meta = get_data(as_page(markdown))
    page.meta.update(meta)
    del page.render  # the plugin's
    return text


def as_page(text: str) -> str:
    """Return a notebook as the text of a page, with front matter."""
    notebook = json.loads(text)
    front = f"---\n{json.dumps(notebook['metadata'])}\n---"
    cells = (part for cell in notebook["cells"] for part in parts(cell))
    return "\n\n".join([front, *cells])


def parts(cell: dict) -> Iterator[str]:
    """Yield the Markdown of a cell: its text, or its code and its outputs."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield HEADING.sub(rf"\g<0> {{#{cell['id']}}}", source, count=1)
        return
    yield f"```{{.python .cell}}\n{source}\n```"
    for output in cell["outputs"]:
        data = output.get("data", {"text/plain": output.get("text")})
        if "image/png" in data:
            yield picture(data["image/png"], cell["metadata"].get("alt", ""))
        else:
            text = "".join(data["text/plain"]).rstrip("\n")
            yield f"```{{.text .cell}}\n{text}\n```"


def picture(png: str, alt: str) -> str:
    """Return what shows a picture, and how wide and high it is."""
    png = "".join(png.split())
    width, height = struct.unpack(">II", b64decode(png)[16:24])
    return (
        f'<figure class="cell"><img alt="{escape(alt)}" width="{width}" '
        f'height="{height}" src="data:image/png;base64,{png}"/></figure>'
    )
