"""Whether an English page was written against the Chinese page of today.

Its front matter records the git blob hash of the Chinese page:
`source_blob: 5d41…`; that of a notebook stands in its metadata.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

RECORD = re.compile(r"^source_blob: *(?P<hash>\w*) *$", re.MULTILINE)
FRONT_MATTER = re.compile(r"\A---\n(?P<fields>.*?\n)---\n", re.DOTALL)


def blob(content: bytes) -> str:
    """Return the hash that git gives to a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def staleness(zh: Path, en: Path) -> str | None:
    """Return a sentence where the English page records another hash."""
    today = blob(zh.read_bytes())
    then = _recorded(en)
    if then == today:
        return None
    look = (
        f"see what changed: git diff {then[:12]} {today[:12]}"
        if then
        else "the front matter has no source_blob"
    )
    return (
        f"{en}:1: {zh} has changed since this page was brought in line with"
        f" it; {look}; bring this page in line, then run:"
        f" make accept PAGE={zh.stem}"
    )


def accept(zh: Path, en: Path) -> bool:
    """Record the Chinese page's hash in the English one.

    Returns whether the record changed. Raises ValueError where the page has
    no front matter.
    """
    text = en.read_text(encoding="utf-8")
    if en.suffix == ".ipynb":
        return _accept_notebook(text, zh, en)
    front = FRONT_MATTER.match(text)
    if front is None:
        raise ValueError(f"{en}:1: the page has no front matter (--- … ---)")
    line = f"source_blob: {blob(zh.read_bytes())}"
    fields = front["fields"]
    if RECORD.search(fields):
        fields = RECORD.sub(line, fields)
    else:
        fields += line + "\n"
    changed = f"---\n{fields}---\n{text[front.end() :]}"
    if changed == text:
        return False
    en.write_text(changed, encoding="utf-8")
    return True


def _accept_notebook(text: str, zh: Path, en: Path) -> bool:
    """Record the hash in a notebook's metadata, written as nbformat does."""
    notebook = json.loads(text)
    notebook["metadata"]["source_blob"] = blob(zh.read_bytes())
    changed = json.dumps(
        notebook, ensure_ascii=False, indent=1, sort_keys=True
    )
    if changed + "\n" == text:
        return False
    en.write_text(changed + "\n", encoding="utf-8")
    return True


def _recorded(en: Path) -> str | None:
    text = en.read_text(encoding="utf-8")
    if en.suffix == ".ipynb":
        return json.loads(text)["metadata"].get("source_blob")
    front = FRONT_MATTER.match(text)
    match = RECORD.search(front["fields"]) if front else None
    return match["hash"] if match else None
