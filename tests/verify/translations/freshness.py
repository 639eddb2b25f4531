"""Whether a pair of pages still says what its author has compared.

The English page records two hashes, in its front matter or in a notebook's
metadata: `source_blob`, git's of the Chinese page, and `text_blob`, its own
without this record. So a change of either page asks for a look at the other.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import page
from verify.writing import replace

KEYS = SOURCE, TEXT = ("source_blob", "text_blob")
RECORD = re.compile(rf"^({SOURCE}|{TEXT}): *(\w+) *\n", re.MULTILINE)
FRONT_MATTER = re.compile(r"\A(---\n.*?\n)(?=---\n)", re.DOTALL)


def blob(content: bytes) -> str:
    """Return the hash that git gives to a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def staleness(zh: Path, en: Path) -> str | None:
    """Return a sentence where a page has changed since both were compared."""
    text, then = _read(en)
    today = _hashes(zh, text)
    if then == today:
        return None
    here, there = page.shown(en), page.shown(zh)
    missing = [key for key in KEYS if key not in then]
    if missing:
        what = f"the page has no {missing[0]} yet"
    elif then[SOURCE] == today[SOURCE]:
        what = f"this page has changed since it was compared with {there}"
    else:
        what = (
            f"{there} has changed since this page was brought in line with "
            f"it; see what changed: git diff {then[SOURCE][:12]} "
            f"{today[SOURCE][:12]}"
        )
    return (
        f"{here}:1: {what}\n    Let both pages say the same, then run: make "
        f"accept PAGE={zh.stem}"
    )


def accept(zh: Path, en: Path) -> bool:
    """Record the hashes of today in the English page.

    Returns whether the record changed. Raises Fault where the page has no
    front matter, or cannot be written.
    """
    text, then = _read(en)
    today = _hashes(zh, text)
    if then == today:
        return False
    if en.suffix == ".ipynb":
        notebook = json.loads(text)
        kept = notebook["metadata"] | today
        new = _written({**notebook, "metadata": dict(sorted(kept.items()))})
    elif front := FRONT_MATTER.match(text):
        lines = "".join(f"{key}: {today[key]}\n" for key in KEYS)
        new = front[1] + lines + text[front.end() :]
    else:
        mend = "Begin it with --- … ---."
        raise page.Fault(en, 1, "the page has no front matter", mend)
    has_windows_ends = b"\r\n" in en.read_bytes()
    replace(en, new.replace("\n", "\r\n") if has_windows_ends else new)
    return True


def _hashes(zh: Path, text: str) -> dict[str, str]:
    # As git keeps them: with the line ends of .gitattributes.
    source = zh.read_text(encoding="utf-8")
    return {SOURCE: blob(source.encode()), TEXT: blob(text.encode())}


def _read(en: Path) -> tuple[str, dict[str, str]]:
    """Return the text of a page without its record, and the record."""
    text = en.read_text(encoding="utf-8")
    if en.suffix == ".ipynb":
        notebook = json.loads(text)
        kept = notebook["metadata"]
        record = {key: kept.pop(key) for key in KEYS if key in kept}
        return _written(notebook), record
    front = FRONT_MATTER.match(text)
    fields = front[1] if front else ""
    rest = text[len(fields) :]
    return RECORD.sub("", fields) + rest, dict(RECORD.findall(fields))


def _written(notebook: dict) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
