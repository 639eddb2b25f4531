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
FRONT_MATTER = re.compile(r"\A---\n(?P<fields>.*?\n)---\n", re.DOTALL)


def blob(content: bytes) -> str:
    """Return the hash that git gives to a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def staleness(zh: Path, en: Path) -> str | None:
    """Return a sentence where a page has changed since both were compared."""
    text, then = _read(en)
    today = _hashes(zh, text)
    if then == today:
        return None
    missing = [key for key in KEYS if key not in then]
    if missing:
        what = f"{page.shown(en)}:1: the page has no {missing[0]} yet"
    elif then[SOURCE] == today[SOURCE]:
        what = (
            f"{page.shown(en)}:1: this page has changed since it was compared "
            f"with {page.shown(zh)}"
        )
    else:
        what = (
            f"{page.shown(en)}:1: {page.shown(zh)} has changed since this "
            "page was brought in line with it; see what changed: git diff "
            f"{then[SOURCE][:12]} {today[SOURCE][:12]}"
        )
    return (
        f"{what}\n    Let both pages say the same, then run: make accept "
        f"PAGE={zh.stem}"
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
    new = _with_record(text, today, en)
    if b"\r\n" in en.read_bytes():
        new = new.replace("\n", "\r\n")
    replace(en, new)
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
        return _notebook(notebook), record
    front = FRONT_MATTER.match(text)
    if front is None:
        return text, {}
    fields, rest = front["fields"], text[front.end() :]
    record = dict(RECORD.findall(fields))
    return f"---\n{RECORD.sub('', fields)}---\n{rest}", record


def _with_record(text: str, record: dict[str, str], en: Path) -> str:
    """Return the text of a page with a record in it."""
    if en.suffix == ".ipynb":
        notebook = json.loads(text)
        kept = notebook["metadata"] | record
        return _notebook({**notebook, "metadata": dict(sorted(kept.items()))})
    front = FRONT_MATTER.match(text)
    if front is None:
        raise page.Fault(
            en, 1, "the page has no front matter", "Begin it with --- … ---."
        )
    lines = "".join(f"{key}: {value}\n" for key, value in record.items())
    return f"---\n{front['fields']}{lines}---\n{text[front.end() :]}"


def _notebook(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
