"""Whether an English page was written against the Chinese page of today.

It records the git blob hash of the Chinese page: a page in its front matter
(`source_blob: 5d41…`), a notebook in its metadata.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import page

KEY = "source_blob"
RECORD = re.compile(rf"^{KEY}: *(?P<hash>\w*) *$", re.MULTILINE)
FRONT_MATTER = re.compile(r"\A---\n(?P<fields>.*?\n)---\n", re.DOTALL)


def blob(content: bytes) -> str:
    """Return the hash that git gives to a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def staleness(zh: Path, en: Path) -> str | None:
    """Return a sentence where the English page records another hash."""
    today, then = blob(zh.read_bytes()), recorded(en)
    if then == today:
        return None
    look = (
        f"see what changed: git diff {then[:12]} {today[:12]}"
        if then
        else f"it has no {KEY} yet"
    )
    return (
        f"{page.shown(en)}:1: {page.shown(zh)} has changed since this page was"
        f" brought in line with it; {look}\n    Bring this page in line, then"
        f" run: make accept PAGE={zh.stem}"
    )


def recorded(en: Path) -> str:
    """Return the hash that an English page records, or an empty string."""
    text = en.read_text(encoding="utf-8")
    if en.suffix == ".ipynb":
        return json.loads(text)["metadata"].get(KEY, "")
    front = FRONT_MATTER.match(text)
    match = RECORD.search(front["fields"]) if front else None
    return match["hash"] if match else ""


def accept(zh: Path, en: Path) -> bool:
    """Record the Chinese page's hash in the English one.

    Returns whether the record changed. Raises ValueError where the page has
    no front matter.
    """
    text = en.read_text(encoding="utf-8")
    write = _in_notebook if en.suffix == ".ipynb" else _in_front_matter
    changed = write(text, blob(zh.read_bytes()), en)
    if changed == text:
        return False
    en.write_text(changed, encoding="utf-8")
    return True


def _in_front_matter(text: str, today: str, en: Path) -> str:
    front = FRONT_MATTER.match(text)
    if front is None:
        raise ValueError(f"{en}:1: the page has no front matter (--- … ---)")
    line = f"{KEY}: {today}"
    fields = front["fields"]
    if RECORD.search(fields):
        fields = RECORD.sub(line, fields)
    else:
        fields += line + "\n"
    return f"---\n{fields}---\n{text[front.end() :]}"


def _in_notebook(text: str, today: str, en: Path) -> str:
    notebook = json.loads(text)
    notebook["metadata"] = dict(
        sorted({**notebook["metadata"], KEY: today}.items())
    )
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
