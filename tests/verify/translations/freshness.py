"""Whether a pair of pages still says what its author has compared.

The English page records two hashes, in lines of its front matter or of a
notebook's metadata: `source_blob`, git's of the Chinese page, and `text_blob`,
its own without these lines. So a change of either page asks for a look at the
other.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import page
from verify.writing import replace

KEYS = SOURCE, TEXT = ("source_blob", "text_blob")
RECORD = re.compile(rf'^[ "]*({SOURCE}|{TEXT})\W+(\w+)\W*?\n', re.MULTILINE)


def blob(content: bytes) -> str:
    """Return the hash that git gives to a file of this content."""
    # As git keeps it: with the line ends of .gitattributes.
    content = content.replace(b"\r\n", b"\n")
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def staleness(zh: Path, en: Path) -> str | None:
    """Return a sentence where a page has changed since both were compared."""
    _, then, today = _read(zh, en)
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

    Returns whether the record changed. Raises Fault where there is no place
    for it.
    """
    text, then, today = _read(zh, en)
    if then == today:
        return False
    if then.keys() == today.keys():
        text = RECORD.sub(lambda m: m[0].replace(m[2], today[m[1]]), text)
    elif text.startswith("---"):
        lines = "".join(f"{key}: {today[key]}\n" for key in KEYS)
        text = re.sub(r"\A---\r?\n", rf"\g<0>{lines}", RECORD.sub("", text))
    else:
        what = "there is no place for the record of both pages' hashes"
        mend = (
            "Begin a page with --- … ---; a notebook's metadata has a line "
            f"for {SOURCE} and one for {TEXT}."
        )
        raise page.Fault(en, 1, what, mend)
    replace(en, text)
    return True


def _read(zh: Path, en: Path) -> tuple[str, dict[str, str], dict[str, str]]:
    """Return the English page, what it records, and what it should."""
    text = en.read_bytes().decode()
    own = RECORD.sub("", text).encode()
    today = {SOURCE: blob(zh.read_bytes()), TEXT: blob(own)}
    return text, dict(RECORD.findall(text)), today
